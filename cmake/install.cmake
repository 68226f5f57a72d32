# What `cmake --install` puts where: headers, components, package config, pkg-config files, programs.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(countyplan_config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/countyplan")
foreach(component core compiled mip report io)
  if(NOT TARGET countyplan_${component})
    continue()
  endif()
  # One export per component, so that a program that wants core only never meets the others' needs.
  install(TARGETS countyplan_${component} EXPORT countyplan-${component}
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
    FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development
    FILE_SET impl DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development)
  install(EXPORT countyplan-${component} FILE countyplan-${component}.cmake NAMESPACE countyplan::
    DESTINATION "${countyplan_config_dir}" COMPONENT development)
endforeach()

configure_package_config_file(cmake/countyplan-config.cmake.in "${PROJECT_BINARY_DIR}/countyplan-config.cmake"
  INSTALL_DESTINATION "${countyplan_config_dir}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/countyplan-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/countyplan-config.cmake" "${PROJECT_BINARY_DIR}/countyplan-config-version.cmake"
  DESTINATION "${countyplan_config_dir}" COMPONENT development)
if(TARGET countyplan_mip)
  install(FILES cmake/FindCountyplanCbc.cmake DESTINATION "${countyplan_config_dir}" COMPONENT development)
endif()

# pkg-config: countyplan.pc (core), countyplan-compiled.pc, countyplan-mip.pc, countyplan-report.pc,
# countyplan-io.pc. All paths start at the
# place of the .pc file itself, so that an installed tree may be moved.
set(countyplan_pc_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_INCLUDEDIR BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}/${countyplan_pc_dir}"
  OUTPUT_VARIABLE countyplan_pc_include)
set(countyplan_pc_definitions "")
if(COUNTYPLAN_CHECKED)
  set(countyplan_pc_definitions " -DCOUNTYPLAN_CHECKED")
endif()
function(countyplan_pkg_config package component description requires libraries)
  if(TARGET countyplan_${component})
    set(definitions "${countyplan_pc_definitions}")
    if(component STREQUAL "compiled")
      string(APPEND definitions " -DCOUNTYPLAN_SEPARATE")
    endif()
    set(file "${PROJECT_BINARY_DIR}/${package}.pc")
    configure_file("${PROJECT_SOURCE_DIR}/cmake/countyplan.pc.in" "${file}" @ONLY)
    install(FILES "${file}" DESTINATION "${countyplan_pc_dir}" COMPONENT development)
  endif()
endfunction()
countyplan_pkg_config(countyplan core "${PROJECT_DESCRIPTION}" "eigen3" "-pthread")
countyplan_pkg_config(countyplan-compiled compiled "The long bodies of countyplan, compiled once"
  "countyplan = ${PROJECT_VERSION}" "-L\${libdir} -lcountyplan_compiled")
countyplan_pkg_config(countyplan-mip mip "Whole numbers by COIN-OR CBC for countyplan"
  "countyplan-compiled = ${PROJECT_VERSION}"
  "-L\${libdir} -lcountyplan_mip -lCbc -lCgl -lOsiClp -lClp -lOsi -lCoinUtils")
countyplan_pkg_config(countyplan-report report "Reports of countyplan as values"
  "countyplan-compiled = ${PROJECT_VERSION}" "-L\${libdir} -lcountyplan_report")
countyplan_pkg_config(countyplan-io io "Reading, writing and archiving of countyplan"
  "countyplan-report = ${PROJECT_VERSION}" "-L\${libdir} -lcountyplan_io -lboost_serialization -lpugixml")

install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT development)
