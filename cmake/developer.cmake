# What only a developer of countyplan meets: warnings, sanitizers, programs, tests, bindings.
option(COUNTYPLAN_WERROR "Treat warnings as errors" ON)
option(COUNTYPLAN_VERIFY_HEADERS "Compile each public header alone" ON)
set(COUNTYPLAN_SANITIZE "" CACHE STRING "Sanitizers for everything that is built here, e.g. address;undefined")
include(cmake/warnings.cmake)
include(cmake/sanitizers.cmake)

# Our own code is compiled with both; a consumer never sees them.
add_library(countyplan_private INTERFACE)
target_link_libraries(countyplan_private INTERFACE countyplan_warnings countyplan_sanitizers)
foreach(component compiled mip report io)
  if(TARGET countyplan_${component})
    target_link_libraries(countyplan_${component} PRIVATE $<BUILD_INTERFACE:countyplan_private>)
  endif()
endforeach()

if(COUNTYPLAN_VERIFY_HEADERS)
  foreach(component core mip report io)
    if(TARGET countyplan_${component})
      set_target_properties(countyplan_${component} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
    endif()
  endforeach()
  add_custom_target(headers ALL)
  add_dependencies(headers all_verify_interface_header_sets)
endif()

add_custom_target(programs)
if(COUNTYPLAN_BUILD_PROGRAMS)
  add_subdirectory(src/cli)
  add_subdirectory(src/check)
endif()

if(COUNTYPLAN_BUILD_TESTS OR COUNTYPLAN_BUILD_PYTHON)
  include(cmake/python_interpreter.cmake)
endif()

if(COUNTYPLAN_BUILD_TESTS)
  enable_testing()
  add_subdirectory(tests)
endif()

# The folders below are their owners'; each appears with its first file.
if(COUNTYPLAN_BUILD_PYTHON AND EXISTS "${PROJECT_SOURCE_DIR}/bindings/python/module.cpp" AND TARGET countyplan::io)
  add_subdirectory(bindings/python)
endif()
if(COUNTYPLAN_BUILD_EXAMPLES AND EXISTS "${PROJECT_SOURCE_DIR}/examples/embed/CMakeLists.txt")
  # The example is a stranger's project; here its find_package(countyplan) means this build's targets.
  include(CMakePackageConfigHelpers)
  file(WRITE "${CMAKE_FIND_PACKAGE_REDIRECTS_DIR}/countyplan-config.cmake" "set(countyplan_FOUND TRUE)\n")
  write_basic_package_version_file("${CMAKE_FIND_PACKAGE_REDIRECTS_DIR}/countyplan-config-version.cmake"
    COMPATIBILITY SameMinorVersion)
  add_subdirectory(examples/embed)
  add_subdirectory(examples/mip_backend)
  add_subdirectory(examples/user_rules)
  if(COUNTYPLAN_BUILD_TESTS)
    add_test(NAME examples.mip_backend COMMAND mip_backend)
    add_test(NAME examples.user_rules COMMAND user_rules)
    set_tests_properties(examples.user_rules PROPERTIES
      PASS_REGULAR_EXPRESSION "of [0-9]+ points of the survey [0-9]+ hang on doubt")
  endif()
endif()
if(COUNTYPLAN_BUILD_BENCHMARKS AND EXISTS "${PROJECT_SOURCE_DIR}/benchmarks/CMakeLists.txt")
  add_subdirectory(benchmarks)
endif()
