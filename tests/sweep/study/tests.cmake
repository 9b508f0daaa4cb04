# Tests of the study file, the plan, the marginals and the designs.
truce_test(sha256_test sweep/base/sha256_test.cpp LIBS truce_base)
truce_test(study_test sweep/study/records_test.cpp sweep/study/plan_test.cpp sweep/study/study_errors_test.cpp LIBS truce_study)
truce_test(design_test sweep/study/marginal_test.cpp sweep/study/permutation_test.cpp sweep/study/sobol_test.cpp sweep/study/design_test.cpp
           LIBS truce_study Boost::headers)
