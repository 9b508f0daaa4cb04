# Fuzz targets (clang's libFuzzer, address and undefined-behaviour sanitizers) of everything that reads what users or
# disks give. The preset `fuzz` builds these alone. In tests: every file of the corpus, then a fixed number of inputs
# from a fixed seed; the long run has at least 10^5 inputs a target.
set(fuzz_flags -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
foreach(library truce_base truce_study truce_store)
  target_compile_options(${library} PRIVATE ${fuzz_flags})
endforeach()
add_library(truce_fuzz STATIC fuzz/fuzz.cpp fuzz/plan_checks.cpp)
target_compile_options(truce_fuzz PRIVATE ${fuzz_flags})
target_link_libraries(truce_fuzz PUBLIC truce_study truce_store)
add_custom_target(fuzz)

# fuzz_target(NAME DICTIONARY MOST_BYTES RUNS SOURCES...): RUNS inputs in the short test.
function(fuzz_target name dictionary most_bytes runs)
  set(target fuzz_${name})
  add_executable(${target} fuzz/${name}_target.cpp ${ARGN})
  target_compile_options(${target} PRIVATE ${fuzz_flags})
  target_link_options(${target} PRIVATE -fsanitize=fuzzer,address,undefined)
  target_link_libraries(${target} PRIVATE truce_fuzz)
  add_dependencies(fuzz ${target})
  set(corpus ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
  set(options -max_len=${most_bytes} -timeout=60 -rss_limit_mb=512 -malloc_limit_mb=512 -print_final_stats=1
              -artifact_prefix=${CMAKE_BINARY_DIR}/${name}-)
  if(dictionary)
    list(APPEND options -dict=${CMAKE_CURRENT_SOURCE_DIR}/fuzz/${dictionary}.dict)
  endif()
  file(GLOB files CONFIGURE_DEPENDS ${corpus}/*)
  list(JOIN files "," seeds)  # a folder would be written to
  add_test(NAME fuzz.${name}.corpus COMMAND ${target} ${options} ${files})
  add_test(NAME fuzz.${name} COMMAND ${target} ${options} -runs=${runs} -seed=861 -seed_inputs=${seeds})
  add_test(NAME fuzz.${name}.long COMMAND ${target} ${options} -runs=120000 -seed=4 -seed_inputs=${seeds})
  set_tests_properties(fuzz.${name}.corpus fuzz.${name} PROPERTIES LABELS extra TIMEOUT 300)
  set_tests_properties(fuzz.${name}.long PROPERTIES LABELS endurance TIMEOUT 20000)
  set_tests_properties(fuzz.${name}.corpus fuzz.${name} fuzz.${name}.long PROPERTIES ENVIRONMENT
    "ASAN_OPTIONS=quarantine_size_mb=16:detect_leaks=0:allocator_may_return_null=0;UBSAN_OPTIONS=print_stacktrace=1")
endfunction()
fuzz_target(study study 2048 3000)
fuzz_target(canonical study 1024 3000)
fuzz_target(marginal study 256 20000)
fuzz_target(list "" 2048 20000)
fuzz_target(command_line study 512 20000 ${CMAKE_SOURCE_DIR}/sweep/verbs/parsed.cpp)
fuzz_target(manifest json 1024 30000)
fuzz_target(journal journal 4096 8000)
fuzz_target(journal_plan "" 1024 5000)
