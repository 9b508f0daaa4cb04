# Tests of the job scripts: with stand-ins for Slurm, and on a real cluster where root and Debian's Slurm are there.
if(TARGET truce)
  add_test(NAME slurm.scripts COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/slurm/scripts_test.py ${CMAKE_SOURCE_DIR}/slurm)
  add_test(NAME slurm.verb COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/slurm/verb_test.py $<TARGET_FILE:truce>)
  set_tests_properties(slurm.scripts slurm.verb PROPERTIES LABELS "core;slurm" TIMEOUT 300)
  foreach(part cluster jobs nodes)
    add_test(NAME slurm.${part} COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/slurm/${part}_test.py
             $<TARGET_FILE:truce> ${CMAKE_SOURCE_DIR}/slurm)
    set_tests_properties(slurm.${part} PROPERTIES LABELS "extra;slurm" SKIP_RETURN_CODE 77 PROCESSORS 2 TIMEOUT 1200)
  endforeach()
  set_tests_properties(slurm.nodes PROPERTIES LABELS "endurance;slurm")  # Slurm takes half a minute to miss a node
endif()
