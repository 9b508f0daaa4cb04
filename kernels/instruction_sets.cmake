# The instruction sets of this family of processors, fastest first, and how a source is compiled for one of them.
set(TRUCE_INSTRUCTION_SETS "v4;v3;plain" CACHE STRING "Which of them to compile for, fastest first; plain must be one")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(truce_instruction_sets ${TRUCE_INSTRUCTION_SETS})
else()
  set(truce_instruction_sets plain)
endif()
# Beyond plain, always optimised: what is not inlined could else be called by plain code.
# The intrinsics of g++ 12 themselves read what they leave undefined (GCC bug 105593).
set(v4_flags -march=x86-64-v4 -O3 $<$<CXX_COMPILER_ID:GNU>:-Wno-uninitialized> $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
set(v3_flags -march=x86-64-v3 -O3)
set(TRUCE_WIDE_FLAGS "" CACHE STRING "Compiler flags that only the objects beyond plain get, after all others")
list(APPEND v4_flags ${TRUCE_WIDE_FLAGS})
list(APPEND v3_flags ${TRUCE_WIDE_FLAGS})
set(plain_flags "")
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)

# truce_object(TARGET SOURCE ISA NAMESPACE [options]): an object for ISA whose templates live in truce::NAMESPACE.
function(truce_object target source isa namespace)
  add_library(${target} OBJECT ${source})
  target_compile_options(${target} PRIVATE "${${isa}_flags}" ${ARGN})
  target_compile_definitions(${target} PRIVATE TRUCE_ISA=${namespace})
  target_include_directories(${target} SYSTEM PRIVATE ${RANDOM123_INCLUDE_DIR})
  target_link_libraries(${target} PRIVATE truce_flags)
endfunction()
