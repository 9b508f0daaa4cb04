# How everything is compiled: the language, and the flags that keep the bits.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

# Results must be the same bits everywhere: no contraction, never fast-math.
string(TOUPPER "${CMAKE_BUILD_TYPE}" truce_build_type)
if("${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${truce_build_type}} ${CMAKE_EXE_LINKER_FLAGS}" MATCHES "-ffast-math|-Ofast|-funsafe-math")
  message(FATAL_ERROR "fast-math found in the compiler or linker flags (it changes results and sets flush-to-zero for the whole process); remove it")
endif()
add_library(truce_flags INTERFACE)
target_compile_options(truce_flags INTERFACE -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # false alarms on std::string in g++ 12 (GCC bug 105651)
                       $<$<BOOL:${TRUCE_WERROR}>:-Werror>)
get_filename_component(truce_root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
target_include_directories(truce_flags INTERFACE ${truce_root})
