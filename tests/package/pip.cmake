# cmake -DPYTHON=... -DSOURCE=... -DWORK=... -P pip.cmake: `pip install .` in a fresh environment, with no
# index to ask (PIP_NO_INDEX) and no flags, then an import from a directory that is not the project's.
function(run)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${directory}"
                  RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
  message(STATUS "${output}")
endfunction()

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
set(ENV{PIP_NO_INDEX} 1)
unset(ENV{PIP_FIND_LINKS})
unset(ENV{PYTHONPATH})
set(directory "${WORK}")
run("${PYTHON}" -m venv --system-site-packages "${WORK}/venv")
set(directory "${SOURCE}")
run("${WORK}/venv/bin/python" -m pip install .)
set(directory "${WORK}")
run("${WORK}/venv/bin/python" -c "import countyplan; print('countyplan', countyplan.__version__, countyplan.__file__)")
