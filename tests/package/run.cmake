# cmake -DWAY=... -DSOURCE=... -DBUILD=... -DWORK=... -DCXX=... -DLAUNCHER=... -DGENERATOR=... -DCOMPONENTS=core,io
#   -P run.cmake
# Configures, builds and runs the stranger's project in one of its ways. WAY=install prepares the
# installed tree for find_package and pkg-config, and moves it after installing: it must be relocatable.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

set(prefix "${WORK}/moved")
set(stranger "${SOURCE}/tests/package")
if(WAY STREQUAL "install")
  file(REMOVE_RECURSE "${WORK}/installed" "${prefix}")
  run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/installed" --component development)
  file(RENAME "${WORK}/installed" "${prefix}")
  file(GLOB_RECURSE texts "${prefix}/*.cmake" "${prefix}/*.pc")
  foreach(text IN LISTS texts)
    file(STRINGS "${text}" found REGEX "${WORK}|${SOURCE}")
    if(found)
      message(FATAL_ERROR "${text} names a directory of the build machine: ${found}")
    endif()
  endforeach()
  return()
endif()

set(build "${WORK}/${WAY}")
file(REMOVE_RECURSE "${build}")
if(WAY STREQUAL "pkg-config")
  file(GLOB_RECURSE pc "${prefix}/*/countyplan.pc")
  cmake_path(GET pc PARENT_PATH pc_dir)
  set(ENV{PKG_CONFIG_PATH} "${pc_dir}")
  set(package countyplan)
  set(sources "${stranger}/main.cpp")
  if(COMPONENTS MATCHES "io")
    set(package countyplan-io)
    list(APPEND sources "${stranger}/compiled.cpp" -DSTRANGER_USES_IO)
  endif()
  run("${PKG_CONFIG}" --cflags --libs ${package})
  separate_arguments(flags UNIX_COMMAND "${output}")
  file(MAKE_DIRECTORY "${build}")
  run("${CXX}" -std=c++20 ${sources} ${flags} -o "${build}/stranger")
else()
  run("${CMAKE_COMMAND}" -S "${stranger}" -B "${build}" -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${CXX}"
    "-DSTRANGER_WAY=${WAY}" "-DSTRANGER_COUNTYPLAN=${SOURCE}" "-DSTRANGER_COMPONENTS=${COMPONENTS}"
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" "-DCMAKE_PREFIX_PATH=${prefix}")
  run("${CMAKE_COMMAND}" --build "${build}")
  if(WAY STREQUAL "find_package")
    # A component that does not exist is refused by name.
    execute_process(COMMAND "${CMAKE_COMMAND}" -S "${stranger}" -B "${build}-refused" -G "${GENERATOR}"
      "-DCMAKE_CXX_COMPILER=${CXX}" -DSTRANGER_WAY=find_package -DSTRANGER_COMPONENTS=moon
      "-DCMAKE_PREFIX_PATH=${prefix}" RESULT_VARIABLE code ERROR_VARIABLE error OUTPUT_QUIET)
    if(code EQUAL 0 OR NOT error MATCHES "moon")
      message(FATAL_ERROR "find_package(countyplan COMPONENTS moon) was not refused by name:\n${error}")
    endif()
  endif()
endif()
run("${build}/stranger")
message(STATUS "${output}")
