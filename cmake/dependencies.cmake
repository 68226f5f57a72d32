# What the library itself needs. Programs, tests and bindings look for theirs where they are built.
find_package(Threads REQUIRED)
find_package(Boost 1.74 CONFIG REQUIRED COMPONENTS headers)
find_package(Eigen3 3.3 CONFIG REQUIRED)
if(COUNTYPLAN_BUILD_COMPONENTS)
  find_package(Boost 1.74 CONFIG REQUIRED COMPONENTS headers serialization)
  find_package(nlohmann_json 3.7 CONFIG REQUIRED)
endif()
