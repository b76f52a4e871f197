/* The compiled shipped rules, as pages of the program; of no bytes where SHIPPED_IMAGE is not given. */
    .section .attache.image,"a",%progbits
    .balign 4096
    .globl att_shipped_image
att_shipped_image:
#ifdef SHIPPED_IMAGE
    .incbin SHIPPED_IMAGE
#endif
.Lend:
    .balign 8
    .globl att_shipped_image_size
att_shipped_image_size:
    .quad .Lend - att_shipped_image
#ifdef SHIPPED_IMAGE
    .globl att_shipped_table /* of no files: the image has their text */
att_shipped_table:
    .quad 0, 0, 0
#endif
    .section .note.GNU-stack,"",%progbits
