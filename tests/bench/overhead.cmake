# What the sweep costs beside the engine; built on request: cmake --build --preset release --target overhead
add_executable(overhead EXCLUDE_FROM_ALL bench/overhead.cpp bench/overhead_parts.cpp bench/overhead_store.cpp)
target_link_libraries(overhead PRIVATE truce_run)
