# Sanitizers for everything that is built here. The flags are chosen by preset, in COUNTYPLAN_SANITIZE.
add_library(countyplan_sanitizers INTERFACE)
if(COUNTYPLAN_SANITIZE)
  list(JOIN COUNTYPLAN_SANITIZE "," _sanitizers)
  target_compile_options(countyplan_sanitizers INTERFACE
    -fsanitize=${_sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(countyplan_sanitizers INTERFACE -fsanitize=${_sanitizers})
  unset(_sanitizers)
endif()
