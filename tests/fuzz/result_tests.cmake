# Damaged result files, through the program itself; the fuzz targets proper have a preset of their own.
foreach(part "extra;100;0" "endurance;1000;300")
  list(GET part 0 label)
  list(SUBLIST part 1 2 numbers)
  add_test(NAME fuzz.result_bytes.${label} COMMAND ${truce_python} -B ${CMAKE_CURRENT_LIST_DIR}/result_bytes.py
                                                   $<TARGET_FILE:truce> ${numbers})
  set_tests_properties(fuzz.result_bytes.${label} PROPERTIES LABELS ${label} TIMEOUT 7200)
endforeach()
