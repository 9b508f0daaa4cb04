# Tests of the kernels.
truce_test(philox_test kernels/philox_test.cpp LIBS truce_kernels)
truce_test(math_test kernels/math_test.cpp LIBS truce_kernels)
truce_test(three_lanes_test kernels/three_lanes_test.cpp LIBS truce_kernels)
truce_test(barriers_test kernels/barriers_test.cpp LIBS truce_kernels)
truce_test(anchored_peace_test kernels/fight_test.cpp kernels/frontier_test.cpp kernels/promise_test.cpp kernels/rules_test.cpp
           LIBS truce_kernels)
