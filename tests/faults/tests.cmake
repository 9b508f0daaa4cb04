# The suite that proves the store: a preloaded library makes the calls of whole runs go wrong, one by one.
if(TARGET truce)
  add_library(fault_shim MODULE faults/shim/calls.cpp faults/shim/clock.cpp faults/shim/fault.cpp)
  target_link_libraries(fault_shim PRIVATE truce_flags)

  # faults_test(NAME): a sample in CI, all of it in the long suite
  function(faults_test name)
    foreach(amount sample full)
      add_test(NAME faults.${name}.${amount}
               COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/faults/${name}.py $<TARGET_FILE:truce>
                       $<TARGET_FILE:fault_shim> ${amount})
      set_tests_properties(faults.${name}.${amount} PROPERTIES PROCESSORS 2 TIMEOUT 900 SKIP_RETURN_CODE 77 LABELS extra)
    endforeach()
    set_tests_properties(faults.${name}.full PROPERTIES LABELS endurance TIMEOUT 7200)
  endfunction()

  foreach(name bit_flips clock_jumps crash_sweep error_sweep foreign_frames full_disk node_loss restart)
    faults_test(${name})
  endforeach()

  # The short suite must fail for every safeguard of the store that is taken away from a copy of the sources.
  add_test(NAME faults.mutants COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/faults/mutants.py
           $<TARGET_FILE:fault_shim> ${CMAKE_BINARY_DIR}/mutants)
  set_tests_properties(faults.mutants PROPERTIES LABELS endurance RUN_SERIAL TRUE TIMEOUT 20000)
endif()
