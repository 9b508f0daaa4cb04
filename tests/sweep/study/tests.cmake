# Tests of the study file, the plan, the marginals and the designs.
truce_test(sha256_test sweep/base/sha256_test.cpp LIBS truce_base)
truce_test(share_test sweep/base/share_test.cpp LIBS truce_base)
truce_test(study_test sweep/study/records_test.cpp sweep/study/plan_test.cpp sweep/study/plan_precision_test.cpp
           sweep/study/study_errors_test.cpp sweep/study/extension_test.cpp sweep/study/rivals_test.cpp
           sweep/study/rival_errors_test.cpp sweep/study/member_errors_test.cpp sweep/study/claims_test.cpp LIBS truce_study)
set_source_files_properties(sweep/study/claims_test.cpp PROPERTIES COMPILE_DEFINITIONS TRUCE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
truce_test(half_width_test sweep/study/half_width_test.cpp LIBS truce_study Boost::headers)
truce_test(design_test sweep/study/marginal_test.cpp sweep/study/permutation_test.cpp sweep/study/sobol_test.cpp sweep/study/design_test.cpp
           sweep/study/members_test.cpp
           LIBS truce_study Boost::headers)

# The same designs with and without FMA in the C library, and from every compiler.
add_executable(design_bits sweep/study/design_bits.cpp)
target_link_libraries(design_bits PRIVATE truce_study)
add_test(NAME designs.same_bits_without_fma
         COMMAND ${CMAKE_COMMAND} -D program=$<TARGET_FILE:design_bits>
                 -D argument=${CMAKE_CURRENT_SOURCE_DIR}/sweep/study/every_marginal.ini
                 -D golden=${CMAKE_CURRENT_SOURCE_DIR}/sweep/study/golden_designs.txt -P ${CMAKE_CURRENT_SOURCE_DIR}/kernels/bits/same_bits.cmake)
set_tests_properties(designs.same_bits_without_fma PROPERTIES LABELS core)
