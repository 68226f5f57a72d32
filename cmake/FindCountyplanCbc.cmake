# COIN-OR CBC with all it stands on, as the target CountyplanCbc::CountyplanCbc. Installed beside
# countyplan-config.cmake, because who links countyplan::mip must find it again.
find_path(CountyplanCbc_INCLUDE_DIR CbcModel.hpp PATH_SUFFIXES coin coin-or)
set(_countyplan_cbc_libraries "")
set(_countyplan_cbc_variables "")
foreach(_library Cbc Cgl OsiClp Clp Osi CoinUtils)
  find_library(CountyplanCbc_${_library}_LIBRARY ${_library})
  mark_as_advanced(CountyplanCbc_${_library}_LIBRARY)
  list(APPEND _countyplan_cbc_libraries "${CountyplanCbc_${_library}_LIBRARY}")
  list(APPEND _countyplan_cbc_variables CountyplanCbc_${_library}_LIBRARY)
endforeach()
mark_as_advanced(CountyplanCbc_INCLUDE_DIR)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(CountyplanCbc
  REQUIRED_VARS CountyplanCbc_INCLUDE_DIR ${_countyplan_cbc_variables})
if(CountyplanCbc_FOUND AND NOT TARGET CountyplanCbc::CountyplanCbc)
  add_library(CountyplanCbc::CountyplanCbc INTERFACE IMPORTED)
  target_include_directories(CountyplanCbc::CountyplanCbc SYSTEM INTERFACE "${CountyplanCbc_INCLUDE_DIR}")
  target_link_libraries(CountyplanCbc::CountyplanCbc INTERFACE ${_countyplan_cbc_libraries})
endif()
unset(_countyplan_cbc_libraries)
unset(_countyplan_cbc_variables)
