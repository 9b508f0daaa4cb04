# Tests of truce.sh and .ci/run; shellcheck is skipped where it is not installed.
add_test(NAME truce_sh_test COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/scripts/truce_sh_test.sh ${CMAKE_SOURCE_DIR})
set_tests_properties(truce_sh_test PROPERTIES LABELS core)
add_test(NAME shellcheck WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
         COMMAND bash -c "command -v shellcheck >/dev/null || exit 77; shellcheck truce.sh .ci/run tests/scripts/*.sh")
set_tests_properties(shellcheck PROPERTIES LABELS core SKIP_RETURN_CODE 77)

# Every study in configs/ is at least checked: parsed, resolved, counted and piloted.
if(TARGET truce)
  foreach(study first baseline everything)
    add_test(NAME check_${study}_ini COMMAND truce check ${CMAKE_SOURCE_DIR}/configs/${study}.ini)
    set_tests_properties(check_${study}_ini PROPERTIES LABELS core)
  endforeach()
endif()
