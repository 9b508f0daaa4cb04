# What the sweep costs beside the engine; the target `bench` builds it too.
add_executable(overhead EXCLUDE_FROM_ALL bench/overhead.cpp bench/overhead_parts.cpp bench/overhead_store.cpp)
target_link_libraries(overhead PRIVATE truce_run)
add_dependencies(bench overhead)

# Results made up for the bench of analysis.
bench_program(bench_made_result made_result.cpp truce_run)
add_dependencies(bench bench_made_result)
