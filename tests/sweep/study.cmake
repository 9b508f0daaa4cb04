# Tests of the study file, the plan, the marginals and the designs.
truce_test(sha256_test sweep/sha256_test.cpp LIBS truce_hash)
