# Tests of the Python in analysis/: run by an interpreter that can import h5py, skipped where there is none.
foreach(part analysis files manifests figure scripts compare side_by_side report report_answers)
  add_test(NAME analysis.${part} COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/analysis/${part}_test.py)
  set_tests_properties(analysis.${part} PROPERTIES LABELS core.whole SKIP_RETURN_CODE 77 TIMEOUT 300)
endforeach()
# Other tools on results of this program; what the examples need is not needed elsewhere.
foreach(part metadata report_verb examples)
  add_test(NAME analysis.${part} COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/analysis/${part}_test.py
                                         $<TARGET_FILE:truce>)
  set(label core.whole)
  if(part STREQUAL examples)
    set(label extra)
  endif()
  set_tests_properties(analysis.${part} PROPERTIES LABELS ${label} SKIP_RETURN_CODE 77 TIMEOUT 300)
endforeach()
# The report in a browser; its pictures stay in the build folder, to be looked at.
add_test(NAME analysis.browser COMMAND bash -c "mkdir -p report_pictures && exec ${truce_python} -B \
${CMAKE_CURRENT_SOURCE_DIR}/analysis/browser_test.py report_pictures")
set_tests_properties(analysis.browser PROPERTIES LABELS extra SKIP_RETURN_CODE 77 TIMEOUT 600)
# Tests of the C++ in analysis/.
truce_test(analysis_test analysis/calibration/calibrate_test.cpp analysis/calibration/calibration_answers_test.cpp
           analysis/calibration/targets_test.cpp
           analysis/claims/judge_test.cpp analysis/claims/next_study_test.cpp analysis/claims/verdict_test.cpp
           analysis/data/answers_test.cpp analysis/data/folds_test.cpp analysis/data/readers_test.cpp
           analysis/indices/given_data_test.cpp analysis/indices/parts_test.cpp analysis/indices/sobol_test.cpp
           analysis/discovery/box_test.cpp analysis/discovery/find_boxes_test.cpp
           analysis/discovery/prim_part_test.cpp
           analysis/discovery/stored_box_test.cpp
           analysis/robustness/best_test.cpp analysis/robustness/noise_test.cpp
           analysis/robustness/robustness_test.cpp
           analysis/selftest/known_answers_test.cpp
           LIBS truce_analysis truce_crew_threads)
# From configs/history.ini to the figure beside real wars.
if(TARGET truce)
  add_test(NAME analysis.history
           COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/analysis/history_test.py $<TARGET_FILE:truce>)
  set_tests_properties(analysis.history PROPERTIES LABELS core.whole SKIP_RETURN_CODE 77 PROCESSORS 2 TIMEOUT 300)
endif()
if(TARGET truce)  # a second implementation of the indices
  add_test(NAME analysis.openturns COMMAND /usr/bin/python3 -B ${CMAKE_CURRENT_SOURCE_DIR}/analysis/openturns_test.py
                                           $<TARGET_FILE:truce>)
  set_tests_properties(analysis.openturns PROPERTIES LABELS extra SKIP_RETURN_CODE 77 TIMEOUT 300)
endif()
# Second implementations and second opinions, by packages that the core does not need.
add_test(NAME analysis.cart COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/analysis/cart_test.py)
add_test(NAME analysis.robustness_numpy
         COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/analysis/robustness_numpy_test.py $<TARGET_FILE:truce>)
set_tests_properties(analysis.cart analysis.robustness_numpy PROPERTIES LABELS extra SKIP_RETURN_CODE 77 TIMEOUT 600)
