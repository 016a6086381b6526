/* Must not compile under the warnings of the Makefile: shows that they are on. */
#include <picket.h>
int narrow(long wide);
int narrow(long wide) { return wide; }
