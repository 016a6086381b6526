#include <cblas.h>
#include <stddef.h>

/* LAPACK's routine for eigenvalues and eigenvectors of a symmetric matrix. OpenBLAS holds it, but
   its header does not declare it. Fortran passes everything by address, and the length of each
   character argument after all others. */
void dsyevr_(const char *jobz, const char *range, const char *uplo, const int *n, double *a,
             const int *lda, const double *vl, const double *vu, const int *il, const int *iu,
             const double *abstol, int *m, double *w, double *z, const int *ldz, int *isuppz,
             double *work, const int *lwork, int *iwork, const int *liwork, int *info,
             size_t jobz_length, size_t range_length, size_t uplo_length);
