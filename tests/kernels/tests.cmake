# Tests of the kernels.
truce_test(philox_test kernels/philox_test.cpp LIBS truce_kernels)
truce_test(math_test kernels/math_test.cpp LIBS truce_kernels)
truce_test(three_lanes_test kernels/three_lanes_test.cpp LIBS truce_kernels)
truce_test(engine_test kernels/engine_test.cpp LIBS truce_kernels)
truce_test(barriers_test kernels/barriers_test.cpp LIBS truce_kernels)
truce_test(anchored_peace_test kernels/fight_test.cpp kernels/frontier_test.cpp kernels/promise_test.cpp
           kernels/rules_test.cpp LIBS truce_kernels)
truce_test(closed_forms_test kernels/war_test.cpp kernels/peace_test.cpp kernels/gamblers_ruin_test.cpp
           LIBS truce_kernels Eigen3::Eigen)
truce_test(contract_test kernels/contract_test.cpp LIBS truce_kernels)
truce_test(mechanisms_test kernels/mechanisms_test.cpp LIBS truce_kernels)
truce_test(signs_test kernels/signs_test.cpp LIBS truce_kernels)

# Long: 10^6 histories a case where the build is fast, fewer where assertions or sanitizers slow it down.
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  set(truce_whole_histories 1000000)
else()
  set(truce_whole_histories 20000)
endif()
add_executable(whole_model_test ${CMAKE_CURRENT_LIST_DIR}/whole_model_test.cpp)
target_compile_definitions(whole_model_test PRIVATE TRUCE_WHOLE_HISTORIES=${truce_whole_histories})
target_link_libraries(whole_model_test PRIVATE truce_kernels truce_flags GTest::gtest_main)
gtest_discover_tests(whole_model_test DISCOVERY_TIMEOUT 60 PROPERTIES LABELS core COST 60)

# The same bits with and without FMA in the C library.
add_executable(bits ${CMAKE_CURRENT_LIST_DIR}/bits_main.cpp)
target_link_libraries(bits PRIVATE truce_kernels truce_flags)
add_test(NAME kernels.same_bits_without_fma
         COMMAND ${CMAKE_COMMAND} -D program=$<TARGET_FILE:bits> -P ${CMAKE_CURRENT_LIST_DIR}/same_bits.cmake)
set_tests_properties(kernels.same_bits_without_fma PROPERTIES LABELS core SKIP_REGULAR_EXPRESSION "SKIPPED:")
