# Tests of the Python in analysis/: run by an interpreter that can import h5py, skipped where there is none.
add_test(NAME analysis_test COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/analysis/analysis_test.py)
set_tests_properties(analysis_test PROPERTIES LABELS core SKIP_RETURN_CODE 77 TIMEOUT 300)
