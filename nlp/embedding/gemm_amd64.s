#include "textflag.h"

// Both kernels multiply groups of six quantised rows with one panel of
// outputs. Fields of panel: see kernels_amd64.go.

#define PANEL_ARGS \
	MOVQ panel+0(FP), DI  \
	MOVQ 0(DI), R8        \ // dst
	MOVQ 8(DI), R9        \ // bytes between rows of dst
	MOVQ 16(DI), SI       \ // quantised rows
	MOVQ 24(DI), BX       \ // bytes per quantised row
	MOVQ 32(DI), R10      \ // scale, least of each row
	MOVQ 72(DI), DX       \ // groups
	LEAQ (BX)(BX*2), R11  \ // three rows
	LEAQ (BX)(BX*4), R12    // five rows

// One row of weights for one row of activations: four blocks of 16 outputs.
#define DOT4(row, a, b, c, d) \
	VPBROADCASTD row, Z28     \
	VPDPBUSD Z24, Z28, a      \
	VPDPBUSD Z25, Z28, b      \
	VPDPBUSD Z26, Z28, c      \
	VPDPBUSD Z27, Z28, d

// acc = (acc * row scale + weight sum * row least) * weight scale + bias.
#define SCALE(acc, off) \
	VCVTDQ2PS acc, acc          \
	VMULPS    Z28, acc, acc     \
	VMULPS    off(CX), Z29, Z30 \
	VADDPS    Z30, acc, acc     \
	VMULPS    off(AX), acc, acc \
	VADDPS    off(R13), acc, acc \
	VMOVUPS   acc, off(R8)

#define SCALE4(row, a, b, c, d) \
	VBROADCASTSS (8*row)(R10), Z28   \
	VBROADCASTSS (8*row+4)(R10), Z29 \
	SCALE(a, 0)   \
	SCALE(b, 64)  \
	SCALE(c, 128) \
	SCALE(d, 192) \
	ADDQ R9, R8

#define ZERO(a) VPXORD a, a, a

// func gemmVNNI64(p *panel)
// A panel of 64 outputs.
TEXT ·gemmVNNI64(SB), NOSPLIT, $0-8
	PANEL_ARGS
	MOVQ BX, R14
	SHLQ $4, R14           // bytes of a block of 16 outputs
	LEAQ (R14)(R14*2), R15

group:
	ZERO(Z0)
	ZERO(Z1)
	ZERO(Z2)
	ZERO(Z3)
	ZERO(Z4)
	ZERO(Z5)
	ZERO(Z6)
	ZERO(Z7)
	ZERO(Z8)
	ZERO(Z9)
	ZERO(Z10)
	ZERO(Z11)
	ZERO(Z12)
	ZERO(Z13)
	ZERO(Z14)
	ZERO(Z15)
	ZERO(Z16)
	ZERO(Z17)
	ZERO(Z18)
	ZERO(Z19)
	ZERO(Z20)
	ZERO(Z21)
	ZERO(Z22)
	ZERO(Z23)
	MOVQ 40(DI), R13 // weights
	MOVQ BX, CX
	SHRQ $2, CX

step:
	VMOVDQU32 (R13), Z24
	VMOVDQU32 (R13)(R14*1), Z25
	VMOVDQU32 (R13)(R14*2), Z26
	VMOVDQU32 (R13)(R15*1), Z27
	DOT4((SI), Z0, Z1, Z2, Z3)
	DOT4((SI)(BX*1), Z4, Z5, Z6, Z7)
	DOT4((SI)(BX*2), Z8, Z9, Z10, Z11)
	DOT4((SI)(R11*1), Z12, Z13, Z14, Z15)
	DOT4((SI)(BX*4), Z16, Z17, Z18, Z19)
	DOT4((SI)(R12*1), Z20, Z21, Z22, Z23)
	ADDQ $64, R13
	ADDQ $4, SI
	DECQ CX
	JNZ  step

	ADDQ R12, SI // past the group: the loop went one row
	MOVQ 48(DI), AX  // weight scales
	MOVQ 56(DI), CX  // weight sums
	MOVQ 64(DI), R13 // biases
	SCALE4(0, Z0, Z1, Z2, Z3)
	SCALE4(1, Z4, Z5, Z6, Z7)
	SCALE4(2, Z8, Z9, Z10, Z11)
	SCALE4(3, Z12, Z13, Z14, Z15)
	SCALE4(4, Z16, Z17, Z18, Z19)
	SCALE4(5, Z20, Z21, Z22, Z23)
	ADDQ $48, R10
	DECQ DX
	JNZ  group
	VZEROUPPER
	RET

// func gemmVNNI16(p *panel)
// A panel of 16 outputs.
TEXT ·gemmVNNI16(SB), NOSPLIT, $0-8
	PANEL_ARGS

group:
	ZERO(Z0)
	ZERO(Z1)
	ZERO(Z2)
	ZERO(Z3)
	ZERO(Z4)
	ZERO(Z5)
	MOVQ 40(DI), R13
	MOVQ BX, CX
	SHRQ $2, CX

step:
	VMOVDQU32 (R13), Z24
	VPBROADCASTD (SI), Z25
	VPBROADCASTD (SI)(BX*1), Z26
	VPBROADCASTD (SI)(BX*2), Z27
	VPBROADCASTD (SI)(R11*1), Z28
	VPBROADCASTD (SI)(BX*4), Z29
	VPBROADCASTD (SI)(R12*1), Z30
	VPDPBUSD Z24, Z25, Z0
	VPDPBUSD Z24, Z26, Z1
	VPDPBUSD Z24, Z27, Z2
	VPDPBUSD Z24, Z28, Z3
	VPDPBUSD Z24, Z29, Z4
	VPDPBUSD Z24, Z30, Z5
	ADDQ $64, R13
	ADDQ $4, SI
	DECQ CX
	JNZ  step

	ADDQ R12, SI
	MOVQ 48(DI), AX
	MOVQ 56(DI), CX
	MOVQ 64(DI), R13

#define SCALE1(row, a) \
	VBROADCASTSS (8*row)(R10), Z28   \
	VBROADCASTSS (8*row+4)(R10), Z29 \
	SCALE(a, 0) \
	ADDQ R9, R8

	SCALE1(0, Z0)
	SCALE1(1, Z1)
	SCALE1(2, Z2)
	SCALE1(3, Z3)
	SCALE1(4, Z4)
	SCALE1(5, Z5)
	ADDQ $48, R10
	DECQ DX
	JNZ  group
	VZEROUPPER
	RET

// Weights and activations are widened to 16 bits: VPMADDWD then sums pairs
// of exact products; two neighbouring cells of a register belong to one
// output.
#define DOTAVX2(row, a, b) \
	VPBROADCASTQ row, Y14     \
	VPMADDWD Y12, Y14, Y15    \
	VPADDD Y15, a, a          \
	VPMADDWD Y13, Y14, Y15    \
	VPADDD Y15, b, b

#define SCALEAVX2(row, a, b) \
	VPHADDD b, a, a                  \
	VPERMQ $0xD8, a, a               \
	VBROADCASTSS (8*row)(R10), Y12   \
	VBROADCASTSS (8*row+4)(R10), Y13 \
	VCVTDQ2PS a, a         \
	VMULPS Y12, a, a       \
	VMULPS (CX), Y13, Y13  \
	VADDPS Y13, a, a       \
	VMULPS (AX), a, a      \
	VADDPS (R13), a, a     \
	VMOVUPS a, (R8)        \
	ADDQ R9, R8

#define ZEROAVX2(a) VPXOR a, a, a

// func gemmAVX2x8(p *panel, half int)
// Eight outputs: the first or second half (0 or 1) of a block of 16. Rows
// are of 16-bit numbers.
TEXT ·gemmAVX2x8(SB), NOSPLIT, $0-16
	PANEL_ARGS
	MOVQ half+8(FP), R14
	SHLQ $5, R14 // offset in bytes: of weights in a block, and of outputs
	ADDQ R14, R8

group:
	ZEROAVX2(Y0)
	ZEROAVX2(Y1)
	ZEROAVX2(Y2)
	ZEROAVX2(Y3)
	ZEROAVX2(Y4)
	ZEROAVX2(Y5)
	ZEROAVX2(Y6)
	ZEROAVX2(Y7)
	ZEROAVX2(Y8)
	ZEROAVX2(Y9)
	ZEROAVX2(Y10)
	ZEROAVX2(Y11)
	MOVQ 40(DI), R13
	ADDQ R14, R13
	MOVQ BX, CX
	SHRQ $3, CX

step:
	VPMOVSXBW (R13), Y12
	VPMOVSXBW 16(R13), Y13
	DOTAVX2((SI), Y0, Y1)
	DOTAVX2((SI)(BX*1), Y2, Y3)
	DOTAVX2((SI)(BX*2), Y4, Y5)
	DOTAVX2((SI)(R11*1), Y6, Y7)
	DOTAVX2((SI)(BX*4), Y8, Y9)
	DOTAVX2((SI)(R12*1), Y10, Y11)
	ADDQ $64, R13
	ADDQ $8, SI
	DECQ CX
	JNZ  step

	ADDQ R12, SI
	MOVQ 48(DI), AX
	ADDQ R14, AX
	MOVQ 56(DI), CX
	ADDQ R14, CX
	MOVQ 64(DI), R13
	ADDQ R14, R13
	SCALEAVX2(0, Y0, Y1)
	SCALEAVX2(1, Y2, Y3)
	SCALEAVX2(2, Y4, Y5)
	SCALEAVX2(3, Y6, Y7)
	SCALEAVX2(4, Y8, Y9)
	SCALEAVX2(5, Y10, Y11)
	ADDQ $48, R10
	DECQ DX
	JNZ  group
	VZEROUPPER
	RET

// func widenAVX2(dst *uint16, src *byte, n int)
// n bytes, a multiple of 4.
TEXT ·widenAVX2(SB), NOSPLIT, $0-24
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), CX

sixteen:
	CMPQ CX, $16
	JLT  four
	VPMOVZXBW (SI), Y0
	VMOVDQU Y0, (DI)
	ADDQ $16, SI
	ADDQ $32, DI
	SUBQ $16, CX
	JMP  sixteen

four:
	TESTQ CX, CX
	JZ   done
	VMOVD (SI), X0
	VPMOVZXBW X0, X0
	VMOVQ X0, (DI)
	ADDQ $4, SI
	ADDQ $8, DI
	SUBQ $4, CX
	JMP  four

done:
	VZEROUPPER
	RET
