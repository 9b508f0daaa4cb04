// The namespace of one instruction set, so that the same templates compiled twice never meet in the linker.
#pragma once

// The only macro of the kernels: a compile definition cannot be a template parameter of a namespace.
#ifndef TRUCE_ISA
#define TRUCE_ISA plain
#endif
