/* What the kernel says of itself under /proc/sys. */
#ifndef PICKETD_KERNEL_H
#define PICKETD_KERNEL_H

/* The number of a file /proc/sys/net/netfilter/NAME, or -1 if there is none. */
long kernel_conntrack_setting(const char *name);

#endif
