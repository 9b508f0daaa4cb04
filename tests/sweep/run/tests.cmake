# Tests of what turns runs into rows, and of the whole path from study file to result file.
truce_test(tally_test sweep/run/tally_test.cpp sweep/run/precision_rule_test.cpp LIBS truce_run)
truce_test(staged_run_test sweep/run/staged_run_test.cpp LIBS truce_run Boost::headers)
truce_test(block_run_test sweep/run/block_run_test.cpp sweep/run/golden_test.cpp sweep/run/pilot_test.cpp
           sweep/run/quantiles_test.cpp sweep/run/row_source_test.cpp LIBS truce_run)

foreach(part same_bytes verbs reading bad_input faults precision share)
  add_test(NAME whole_path.${part} COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/sweep/run/${part}_test.py $<TARGET_FILE:truce>)
  set_tests_properties(whole_path.${part} PROPERTIES LABELS core PROCESSORS 2 TIMEOUT 300)
endforeach()
add_test(NAME whole_path.kill_campaign
         COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/sweep/run/kill_campaign.py $<TARGET_FILE:truce>)
set_tests_properties(whole_path.kill_campaign PROPERTIES LABELS extra RUN_SERIAL TRUE TIMEOUT 900)

# whole_path_part(NAME LABEL FILE CLASSES...): some classes of one file.
function(whole_path_part name label file)
  add_test(NAME whole_path.${name}
           COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/sweep/run/${file}_test.py $<TARGET_FILE:truce> ${ARGN})
  set_tests_properties(whole_path.${name} PROPERTIES LABELS ${label} PROCESSORS 2 TIMEOUT 900)
endfunction()
whole_path_part(extend core extend Extend Refusals)
whole_path_part(extend_more extra extend ExtendMore)
whole_path_part(live_jobs extra live_jobs)
