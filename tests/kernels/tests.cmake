# Tests of the kernels. Their label is their own: another compiler runs these, since bits depend on it.
set(truce_core core.kernels)
truce_test(philox_test kernels/philox_test.cpp LIBS truce_kernels)
truce_test(math_test kernels/math_test.cpp LIBS truce_kernels)
truce_test(lanes_test kernels/lanes_test.cpp LIBS truce_kernels)
# numbers of many lanes never leave the program, and are compiled as those of the wide objects are
target_compile_options(lanes_test PRIVATE -Wno-psabi ${TRUCE_WIDE_FLAGS})
truce_test(engine_test kernels/engine_test.cpp LIBS truce_kernels)
truce_test(barriers_test kernels/barriers_test.cpp LIBS truce_kernels)
truce_test(anchored_peace_test kernels/fight_test.cpp kernels/frontier_test.cpp kernels/promise_test.cpp
           kernels/rules_test.cpp LIBS truce_kernels)
truce_test(closed_forms_test kernels/war_test.cpp kernels/peace_test.cpp kernels/gamblers_ruin_test.cpp
           kernels/test_functions_test.cpp LIBS truce_kernels Eigen3::Eigen)
truce_test(contract_test kernels/contract_test.cpp LIBS truce_kernels)
truce_test(catalogue_test kernels/catalogue_test.cpp LIBS truce_kernels LABEL core.statistics)  # minutes under sanitizers
truce_test(mechanisms_test kernels/mechanisms_test.cpp LIBS truce_kernels)
truce_test(shared_mechanisms_test kernels/mechanisms/blocks_test.cpp kernels/mechanisms/domestic_test.cpp
           kernels/mechanisms/durability_test.cpp kernels/mechanisms/principles_test.cpp LIBS truce_kernels)
truce_test(signs_test kernels/signs_test.cpp LIBS truce_kernels LABEL core.statistics)

# Long: 10^6 histories a case where the build is fast, fewer where assertions or sanitizers slow it down.
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  set(truce_whole_histories 1000000)
  set(truce_peace_runs 40000)
  set(truce_lanes_points 120)
else()
  set(truce_whole_histories 20000)
  set(truce_peace_runs 4000)
  set(truce_lanes_points 30)
endif()
target_compile_definitions(closed_forms_test PRIVATE TRUCE_PEACE_RUNS=${truce_peace_runs})
target_compile_definitions(lanes_test PRIVATE TRUCE_LANES_POINTS=${truce_lanes_points})
function(whole_model_test name histories seed label)
  add_executable(${name} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/whole_model_test.cpp)
  target_compile_definitions(${name} PRIVATE TRUCE_WHOLE_HISTORIES=${histories} TRUCE_WHOLE_SEED=${seed})
  target_link_libraries(${name} PRIVATE truce_kernels truce_flags GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 TEST_SUFFIX .${label} PROPERTIES LABELS ${label} COST 60)
endfunction()
whole_model_test(whole_model_test ${truce_whole_histories} 20231101 ${truce_core})
whole_model_test(whole_model_long_test 3000000 20231102 endurance)

# Float against double: a short sample, and one of 10^7 runs of each kernel.
add_executable(float_test ${CMAKE_CURRENT_LIST_DIR}/float_test.cpp)
target_link_libraries(float_test PRIVATE truce_kernels truce_flags GTest::gtest_main)
gtest_discover_tests(float_test TEST_FILTER "-*.Long*" DISCOVERY_TIMEOUT 60 PROPERTIES LABELS core.statistics)
gtest_discover_tests(float_test TEST_FILTER "*.Long*" DISCOVERY_TIMEOUT 60 PROPERTIES LABELS endurance COST 60)

# The same bits with and without FMA in the C library.
include(${CMAKE_CURRENT_LIST_DIR}/bits/bits.cmake)
function(same_bits_test name)
  add_test(NAME ${name} COMMAND ${CMAKE_COMMAND} -D golden=${truce_bits_folder}/golden_bits.txt ${ARGN}
                                -P ${truce_bits_folder}/same_bits.cmake)
endfunction()
same_bits_test(kernels.same_bits_without_fma -D program=$<TARGET_FILE:bits> -D control=TRUE)
set(label ${truce_core})
if(CMAKE_BUILD_TYPE STREQUAL "None")
  set(label core.statistics)  # bits are those of the compilers, not of sanitizers
endif()
set_tests_properties(kernels.same_bits_without_fma PROPERTIES LABELS ${label} SKIP_REGULAR_EXPRESSION "SKIPPED:")

# The same bits in all instruction sets, in the widths that they have registers for.
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  same_bits_test(kernels.same_bits_in_lanes -D program=$<TARGET_FILE:bits> -D argument=--matrix -D once=TRUE)
  set_tests_properties(kernels.same_bits_in_lanes PROPERTIES LABELS ${truce_core})

  # In all widths in all instruction sets, and as -O3 makes them.
  add_test(NAME kernels.all_bits.build COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target all_bits)
  set_tests_properties(kernels.all_bits.build PROPERTIES LABELS endurance FIXTURES_SETUP all_bits TIMEOUT 3000)
  same_bits_test(kernels.all_bits -D program=$<TARGET_FILE:all_bits> -D argument=--matrix -D once=TRUE)
  set_tests_properties(kernels.all_bits PROPERTIES LABELS endurance FIXTURES_REQUIRED all_bits)
endif()

# The same bits on another architecture.
add_test(NAME kernels.same_bits_on_aarch64 COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/aarch64/run.sh
                                                   ${CMAKE_CURRENT_BINARY_DIR}/aarch64 ${RANDOM123_INCLUDE_DIR})
set_tests_properties(kernels.same_bits_on_aarch64 PROPERTIES LABELS extra SKIP_RETURN_CODE 77 TIMEOUT 1500)

# The operations of the number type, lane by lane. Sanitizers take minutes to compile them.
if(NOT CMAKE_BUILD_TYPE STREQUAL "None")
  truce_test(vocabulary_test kernels/bits/vocabulary_test.cpp LIBS truce_kernels)
  foreach(isa IN LISTS truce_instruction_sets)
    truce_object(vocabulary_${isa} ${truce_bits_folder}/vocabulary.cpp ${isa} ${isa} -Wno-psabi)
    target_sources(vocabulary_test PRIVATE $<TARGET_OBJECTS:vocabulary_${isa}>)
  endforeach()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/one_binary.cmake)

# rival_test(NAME SOURCES...): tests of a rival; those named Long are samples that take long.
function(rival_test name)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE truce_kernels truce_flags GTest::gtest_main)
  gtest_discover_tests(${name} TEST_FILTER "-*.Long*" DISCOVERY_TIMEOUT 60 PROPERTIES LABELS ${truce_core})
  gtest_discover_tests(${name} TEST_FILTER "*.Long*" DISCOVERY_TIMEOUT 60 PROPERTIES LABELS extra COST 60)
endfunction()
rival_test(war_of_nerves_test nerves_test.cpp war_of_nerves_test.cpp war_of_nerves_mechanisms_test.cpp)
rival_test(rivals_test rival_history_test.cpp rival/accounts_test.cpp rival/peace_test.cpp)
target_compile_options(rivals_test PRIVATE -Wno-psabi)
truce_test(forts_test kernels/forts_test.cpp kernels/forts_properties_test.cpp kernels/forts_war_test.cpp LIBS truce_kernels)
truce_test(shifting_power_test kernels/shifting_path_test.cpp kernels/shifting_power_test.cpp
           kernels/shifting_mechanisms_test.cpp kernels/least_share_test.cpp LIBS truce_kernels)
target_compile_definitions(shifting_power_test PRIVATE TRUCE_SHIFTING_RUNS=${truce_whole_histories})
truce_test(crisis_offer_test kernels/crisis_offer_test.cpp kernels/crisis_wars_test.cpp LIBS truce_kernels)
truce_test(screening_test kernels/screening_test.cpp kernels/screening_wars_test.cpp LIBS truce_kernels)

if(TARGET truce)
  add_test(NAME kernels.memo_table COMMAND ${truce_python} -B ${CMAKE_CURRENT_LIST_DIR}/memo_table_test.py
                                           $<TARGET_FILE:truce> ${CMAKE_SOURCE_DIR})
  set_tests_properties(kernels.memo_table PROPERTIES LABELS ${truce_core} TIMEOUT 120)
endif()

# What these tests run.
get_property(programs DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
list(FILTER programs INCLUDE REGEX "_test$|^bits$")
add_custom_target(kernel_tests DEPENDS ${programs})
if(TARGET truce)
  add_dependencies(kernel_tests truce)
endif()
set(truce_core core)
