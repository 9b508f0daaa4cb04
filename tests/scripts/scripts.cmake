# Tests of truce.sh and .ci/run; shellcheck is skipped where it is not installed.
add_test(NAME truce_sh_test COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/scripts/truce_sh_test.sh ${CMAKE_SOURCE_DIR})
set_tests_properties(truce_sh_test PROPERTIES LABELS core)
add_test(NAME shellcheck COMMAND bash -c "command -v shellcheck >/dev/null || exit 77; shellcheck \"$1\"/truce.sh \"$1\"/.ci/run \"$1\"/tests/scripts/*.sh" - ${CMAKE_SOURCE_DIR})
set_tests_properties(shellcheck PROPERTIES LABELS core SKIP_RETURN_CODE 77)
