# Tests of the store: journal, seal, reader, manifest.
truce_test(crc32c_test sweep/store/crc32c_test.cpp LIBS truce_store)
truce_test(journal_test sweep/store/journal_test.cpp sweep/store/journal_damage_test.cpp sweep/store/frames_test.cpp
           sweep/store/journal_news_test.cpp LIBS truce_store)
truce_test(disk_fault_test sweep/store/disk_fault_test.cpp LIBS truce_store)
truce_test(child_test sweep/store/child_test.cpp LIBS truce_store)
truce_test(attempt_test sweep/store/attempt_test.cpp sweep/store/share_lock_test.cpp LIBS truce_store)
truce_test(live_lock_test sweep/store/live_lock_test.cpp LIBS truce_store)
truce_test(manifest_test sweep/store/manifest_test.cpp LIBS truce_store)
truce_test(seal_test sweep/store/seal_test.cpp sweep/store/result_test.cpp sweep/store/content_hash_test.cpp
           sweep/store/written_layout_test.cpp LIBS truce_store)

# The file as the rest of the world reads it: a small result, opened by a Python that has h5py.
add_executable(write_sample sweep/store/write_sample.cpp)
target_link_libraries(write_sample PRIVATE truce_store truce_flags)
add_test(NAME store_opens_in_xarray_and_h5py
         COMMAND ${truce_python} ${CMAKE_CURRENT_SOURCE_DIR}/sweep/store/open_result.py $<TARGET_FILE:write_sample>)
set_tests_properties(store_opens_in_xarray_and_h5py PROPERTIES LABELS core SKIP_RETURN_CODE 77)
