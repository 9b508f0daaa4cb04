# Tests of the store: journal, seal, reader, manifest.
truce_test(crc32c_test sweep/crc32c_test.cpp LIBS truce_store)
truce_test(journal_test sweep/journal_test.cpp sweep/journal_damage_test.cpp sweep/frames_test.cpp LIBS truce_store)
truce_test(disk_fault_test sweep/disk_fault_test.cpp LIBS truce_store)
truce_test(attempt_test sweep/attempt_test.cpp LIBS truce_store)
truce_test(manifest_test sweep/manifest_test.cpp LIBS truce_store)
truce_test(seal_test sweep/seal_test.cpp sweep/result_test.cpp sweep/content_hash_test.cpp LIBS truce_store)

# The file as the rest of the world reads it: a small result, opened by a Python that has h5py.
add_executable(write_sample sweep/write_sample.cpp)
target_link_libraries(write_sample PRIVATE truce_store truce_flags)
set(truce_python python3)
foreach(candidate python3 /usr/bin/python3)
  execute_process(COMMAND ${candidate} -c "import h5py, xarray" RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
  if(status EQUAL 0)
    set(truce_python ${candidate})
    break()
  endif()
endforeach()
add_test(NAME store_opens_in_xarray_and_h5py
         COMMAND ${truce_python} ${CMAKE_CURRENT_SOURCE_DIR}/sweep/open_result.py $<TARGET_FILE:write_sample>)
set_tests_properties(store_opens_in_xarray_and_h5py PROPERTIES LABELS core SKIP_RETURN_CODE 77)
