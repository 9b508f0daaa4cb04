# Simulated schedules: the real work loop, dispatcher and journal format with a virtual network, clock and disk.
truce_test(schedules_test simulation/attempt.cpp simulation/check_times.cpp simulation/checks.cpp simulation/disk.cpp
           simulation/fiber.cpp simulation/record.cpp simulation/schedule.cpp simulation/schedules_test.cpp
           simulation/setting.cpp simulation/stage.cpp simulation/worker.cpp LIBS truce_crew truce_store)
add_test(NAME schedules.long COMMAND schedules_test --gtest_filter=Schedules.Lose*)
set_tests_properties(schedules.long PROPERTIES LABELS endurance TIMEOUT 7200 ENVIRONMENT TRUCE_SCHEDULES=10000)
# Each of these breaks one line of the real code and is noticed.
add_test(NAME schedules.mutants
         COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/simulation/mutants.py ${CMAKE_BINARY_DIR})
set_tests_properties(schedules.mutants PROPERTIES LABELS endurance TIMEOUT 7200)
