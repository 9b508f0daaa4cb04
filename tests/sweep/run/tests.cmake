# Tests of what turns runs into rows and of the whole path.
truce_test(tally_test sweep/run/tally_test.cpp LIBS truce_run)

foreach(part SameBytes Verbs FailedRuns BadInput)
  add_test(NAME whole_path.${part} COMMAND ${truce_python} ${CMAKE_CURRENT_SOURCE_DIR}/sweep/run/whole_path.py $<TARGET_FILE:truce> ${part})
  set_tests_properties(whole_path.${part} PROPERTIES LABELS core PROCESSORS 2 TIMEOUT 300)
endforeach()
