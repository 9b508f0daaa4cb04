# The program `bits`: hashes of every kernel in many widths, instruction sets and levels of optimisation, against golden
# ones. Needs the targets truce_kernels and truce_flags alone, so that a cross build can include it.
include(${CMAKE_CURRENT_LIST_DIR}/../../../kernels/instruction_sets.cmake)
set(truce_bits_folder ${CMAKE_CURRENT_LIST_DIR})

# matrix_row(PROGRAM KERNEL ISA LEVEL WIDTHS): one kernel optimised as LEVEL says, in a namespace of its own
function(matrix_row program name isa level widths)
  set(flags ${isa}_${level})
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${program}/${name}_${flags}.cpp)
  configure_file(${truce_bits_folder}/cells.cpp.in ${source} @ONLY)
  set(object ${program}_${name}_${flags})
  truce_object(${object} ${source} ${isa} ${flags} -${level} -Wno-psabi)
  set_target_properties(${object} PROPERTIES EXCLUDE_FROM_ALL TRUE)
  target_sources(${program} PRIVATE $<TARGET_OBJECTS:${object}>)
  set(declarations "${declarations}namespace ${flags} {\ntesting::Cell* ${name}_cells(testing::Cell*);\n}\n" PARENT_SCOPE)
  set(entries "${entries}      {\"${name}\", \"${isa}\", \"${flags}\", ${flags}::${name}_cells},\n" PARENT_SCOPE)
endfunction()

# bits_program(NAME WIDTHS LEVELS...): the program, with a list of number_types.hpp
function(bits_program program widths)
  add_executable(${program} ${truce_bits_folder}/bits_main.cpp)
  target_link_libraries(${program} PRIVATE truce_kernels truce_flags)
  # Assertions and sanitizers say nothing more about the matrix, and take minutes to compile it.
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    get_target_property(names truce_kernels kernel_names)
    foreach(isa IN LISTS truce_instruction_sets)
      foreach(name IN LISTS names)
        foreach(level IN LISTS ARGN)
          matrix_row(${program} ${name} ${isa} ${level} ${widths})
        endforeach()
      endforeach()
    endforeach()
  endif()
  configure_file(${truce_bits_folder}/rows.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/${program}/rows.cpp @ONLY)
  target_sources(${program} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${program}/rows.cpp)
endfunction()

bits_program(bits Own O2)
# Every width in every instruction set, also as -O3 makes it: many minutes to compile, so that its test builds it.
bits_program(all_bits All O2 O3)
set_target_properties(all_bits PROPERTIES EXCLUDE_FROM_ALL TRUE)
