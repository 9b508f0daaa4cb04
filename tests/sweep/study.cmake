# Tests of the study file, the plan, the marginals and the designs.
truce_test(sha256_test sweep/sha256_test.cpp LIBS truce_hash)
truce_test(study_test sweep/records_test.cpp sweep/plan_test.cpp sweep/study_errors_test.cpp LIBS truce_study)
truce_test(design_test sweep/marginal_test.cpp sweep/permutation_test.cpp sweep/sobol_test.cpp sweep/design_test.cpp
           LIBS truce_study Boost::headers)
