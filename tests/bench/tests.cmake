# Benches: in no default build; `./truce.sh bench` builds them through the target `bench`.
function(bench_program name source)
  add_executable(${name} EXCLUDE_FROM_ALL ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${source})
  target_link_libraries(${name} PRIVATE ${ARGN} truce_flags)
endfunction()
bench_program(bench_points points.cpp truce_kernels)
bench_program(bench_kernels kernels.cpp truce_kernels)
bench_program(bench_dispatch dispatch.cpp truce_crew)
bench_program(bench_boxes boxes.cpp truce_analysis)

# The floor needs the primitives at the engine's width, so compiled as the kernels are.
set(truce_bench_floor "")
if(v4 IN_LIST truce_instruction_sets)
  set(truce_bench_floor bench_floor)
  bench_program(bench_floor floor.cpp truce_kernels)
  foreach(isa v3 v4)
    truce_object(bench_primitives_${isa} ${CMAKE_CURRENT_LIST_DIR}/primitives.cpp ${isa} ${isa})
    set_target_properties(bench_primitives_${isa} PROPERTIES EXCLUDE_FROM_ALL TRUE)
    target_sources(bench_floor PRIVATE $<TARGET_OBJECTS:bench_primitives_${isa}>)
  endforeach()
endif()

# What a scientist would build: not the flags of truce, which pin every bit, but this processor and full optimisation.
function(textbook_program name source)
  add_executable(${name} EXCLUDE_FROM_ALL ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${source})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE -O3 -march=native -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                         $<$<BOOL:${TRUCE_WERROR}>:-Werror>)
endfunction()
textbook_program(bench_textbook textbook.cpp)
textbook_program(bench_textbook_forts textbook_forts.cpp)
textbook_program(bench_textbook_nerves textbook_nerves.cpp)
textbook_program(bench_textbook_offers textbook_offers.cpp)
textbook_program(bench_textbook_shifting textbook_shifting.cpp)

add_custom_target(bench DEPENDS truce bench_boxes bench_points bench_kernels bench_dispatch bench_textbook bench_textbook_forts
                        bench_textbook_nerves bench_textbook_offers bench_textbook_shifting ${truce_bench_floor})

# The three independent programs must be right to be worth comparing with. They are built when these tests run.
add_test(NAME bench.build COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target bench_points bench_textbook
                                 bench_kernels bench_textbook_forts bench_textbook_nerves bench_textbook_offers
                                 bench_textbook_shifting)
set_tests_properties(bench.build PROPERTIES LABELS extra FIXTURES_SETUP bench_programs TIMEOUT 600)
function(bench_cases_test name histories)
  add_test(NAME bench.${name}_agrees_with_the_cases
           COMMAND ${truce_python} -B ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/cases_test.py ${CMAKE_BINARY_DIR}/bench_points
                   ${histories} ${ARGN})
  set_tests_properties(bench.${name}_agrees_with_the_cases PROPERTIES LABELS extra FIXTURES_REQUIRED bench_programs
                       SKIP_RETURN_CODE 77 TIMEOUT 600 ENVIRONMENT "NUMBA_CACHE_DIR=${CMAKE_BINARY_DIR}/numba")
endfunction()
bench_cases_test(textbook 200000 ${CMAKE_BINARY_DIR}/bench_textbook)
foreach(library numba numpy)
  # Debian's numba serves Debian's interpreter only
  bench_cases_test(${library} 30000 /usr/bin/python3 -B
                   ${CMAKE_CURRENT_LIST_DIR}/anchored_peace_${library}.py)
endforeach()

# The bench of the rivals compares their means with the textbook programs'.
add_test(NAME bench.points COMMAND bash -c "mkdir -p rivals_points && ${CMAKE_BINARY_DIR}/bench_points rivals_points")
set_tests_properties(bench.points PROPERTIES LABELS extra FIXTURES_REQUIRED bench_programs FIXTURES_SETUP rivals_points)
add_test(NAME bench.rivals_agree_with_their_textbooks
         COMMAND ${truce_python} -B ${CMAKE_CURRENT_LIST_DIR}/rivals_bench.py ${CMAKE_BINARY_DIR} rivals_points 1 0)
set_tests_properties(bench.rivals_agree_with_their_textbooks PROPERTIES LABELS extra TIMEOUT 600
                     FIXTURES_REQUIRED rivals_points)

add_test(NAME bench.collect COMMAND ${truce_python} -B ${CMAKE_CURRENT_LIST_DIR}/collect_test.py)
set_tests_properties(bench.collect PROPERTIES LABELS core)
