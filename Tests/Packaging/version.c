/* A program that asks for the version alone: of the archive it takes next to nothing. */
#include <picket.h>

int main(void) { return picket_version() != PICKET_VERSION; }
