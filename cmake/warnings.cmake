# Warnings for our own code only.
add_library(countyplan_warnings INTERFACE)
target_compile_options(countyplan_warnings INTERFACE
  $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow>
  $<$<AND:$<BOOL:${COUNTYPLAN_WERROR}>,$<CXX_COMPILER_ID:GNU,Clang,AppleClang>>:-Werror>)

# g++ 12 sees overlaps and unset values in std::string that cannot be (GCC bugs 105651 and 105562), when
# optimising; clang and newer ones still look.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(countyplan_warnings INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
