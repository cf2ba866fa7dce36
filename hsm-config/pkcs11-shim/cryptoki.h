/*
 * What the shim has to know of PKCS#11 2.40 (OASIS): the order, the names and the shapes of the functions in
 * CK_FUNCTION_LIST. Arguments are passed on unread, so every pointer is a void pointer, and handles, lengths, flags and
 * types are all CK_ULONG.
 */
#ifndef MCKMS_CRYPTOKI_H
#define MCKMS_CRYPTOKI_H

typedef unsigned char ck_bool;
typedef unsigned long ck_ulong;
typedef unsigned long ck_rv;
typedef void *ck_ptr;

#define CKR_OK 0x000UL
#define CKR_GENERAL_ERROR 0x005UL
#define CKR_DEVICE_REMOVED 0x032UL
#define CKR_PIN_LOCKED 0x0A4UL
#define CKR_SESSION_HANDLE_INVALID 0x0B3UL

/* What a function names first: this decides which faults it can meet. */
enum subject { LIBRARY, SLOT, SESSION };

/* F(name, subject, parameters, arguments), in the order of CK_FUNCTION_LIST; s is a session, u an unsigned long. */
#define CRYPTOKI_FUNCTIONS(F)                                                                                          \
    F(C_Initialize, LIBRARY, (ck_ptr a), (a))                                                                          \
    F(C_Finalize, LIBRARY, (ck_ptr a), (a))                                                                            \
    F(C_GetInfo, LIBRARY, (ck_ptr a), (a))                                                                             \
    F(C_GetFunctionList, LIBRARY, (ck_ptr a), (a))                                                                     \
    F(C_GetSlotList, LIBRARY, (ck_bool b, ck_ptr a, ck_ptr n), (b, a, n))                                              \
    F(C_GetSlotInfo, SLOT, (ck_ulong u, ck_ptr a), (u, a))                                                             \
    F(C_GetTokenInfo, SLOT, (ck_ulong u, ck_ptr a), (u, a))                                                            \
    F(C_GetMechanismList, SLOT, (ck_ulong u, ck_ptr a, ck_ptr n), (u, a, n))                                           \
    F(C_GetMechanismInfo, SLOT, (ck_ulong u, ck_ulong v, ck_ptr a), (u, v, a))                                         \
    F(C_InitToken, SLOT, (ck_ulong u, ck_ptr a, ck_ulong n, ck_ptr b), (u, a, n, b))                                   \
    F(C_InitPIN, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n), (s, a, n))                                               \
    F(C_SetPIN, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ulong m), (s, a, n, b, m))                    \
    F(C_OpenSession, SLOT, (ck_ulong u, ck_ulong v, ck_ptr a, ck_ptr b, ck_ptr c), (u, v, a, b, c))                    \
    F(C_CloseSession, SESSION, (ck_ulong s), (s))                                                                      \
    F(C_CloseAllSessions, SLOT, (ck_ulong u), (u))                                                                     \
    F(C_GetSessionInfo, SESSION, (ck_ulong s, ck_ptr a), (s, a))                                                       \
    F(C_GetOperationState, SESSION, (ck_ulong s, ck_ptr a, ck_ptr n), (s, a, n))                                       \
    F(C_SetOperationState, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ulong u, ck_ulong v), (s, a, n, u, v))       \
    F(C_Login, SESSION, (ck_ulong s, ck_ulong u, ck_ptr a, ck_ulong n), (s, u, a, n))                                  \
    F(C_Logout, SESSION, (ck_ulong s), (s))                                                                            \
    F(C_CreateObject, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b), (s, a, n, b))                             \
    F(C_CopyObject, SESSION, (ck_ulong s, ck_ulong u, ck_ptr a, ck_ulong n, ck_ptr b), (s, u, a, n, b))                \
    F(C_DestroyObject, SESSION, (ck_ulong s, ck_ulong u), (s, u))                                                      \
    F(C_GetObjectSize, SESSION, (ck_ulong s, ck_ulong u, ck_ptr n), (s, u, n))                                         \
    F(C_GetAttributeValue, SESSION, (ck_ulong s, ck_ulong u, ck_ptr a, ck_ulong n), (s, u, a, n))                      \
    F(C_SetAttributeValue, SESSION, (ck_ulong s, ck_ulong u, ck_ptr a, ck_ulong n), (s, u, a, n))                      \
    F(C_FindObjectsInit, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n), (s, a, n))                                       \
    F(C_FindObjects, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr m), (s, a, n, m))                              \
    F(C_FindObjectsFinal, SESSION, (ck_ulong s), (s))                                                                  \
    F(C_EncryptInit, SESSION, (ck_ulong s, ck_ptr a, ck_ulong u), (s, a, u))                                           \
    F(C_Encrypt, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))                     \
    F(C_EncryptUpdate, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))               \
    F(C_EncryptFinal, SESSION, (ck_ulong s, ck_ptr b, ck_ptr m), (s, b, m))                                            \
    F(C_DecryptInit, SESSION, (ck_ulong s, ck_ptr a, ck_ulong u), (s, a, u))                                           \
    F(C_Decrypt, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))                     \
    F(C_DecryptUpdate, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))               \
    F(C_DecryptFinal, SESSION, (ck_ulong s, ck_ptr b, ck_ptr m), (s, b, m))                                            \
    F(C_DigestInit, SESSION, (ck_ulong s, ck_ptr a), (s, a))                                                           \
    F(C_Digest, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))                      \
    F(C_DigestUpdate, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n), (s, a, n))                                          \
    F(C_DigestKey, SESSION, (ck_ulong s, ck_ulong u), (s, u))                                                          \
    F(C_DigestFinal, SESSION, (ck_ulong s, ck_ptr b, ck_ptr m), (s, b, m))                                             \
    F(C_SignInit, SESSION, (ck_ulong s, ck_ptr a, ck_ulong u), (s, a, u))                                              \
    F(C_Sign, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))                        \
    F(C_SignUpdate, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n), (s, a, n))                                            \
    F(C_SignFinal, SESSION, (ck_ulong s, ck_ptr b, ck_ptr m), (s, b, m))                                               \
    F(C_SignRecoverInit, SESSION, (ck_ulong s, ck_ptr a, ck_ulong u), (s, a, u))                                       \
    F(C_SignRecover, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))                 \
    F(C_VerifyInit, SESSION, (ck_ulong s, ck_ptr a, ck_ulong u), (s, a, u))                                            \
    F(C_Verify, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ulong m), (s, a, n, b, m))                    \
    F(C_VerifyUpdate, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n), (s, a, n))                                          \
    F(C_VerifyFinal, SESSION, (ck_ulong s, ck_ptr b, ck_ulong m), (s, b, m))                                           \
    F(C_VerifyRecoverInit, SESSION, (ck_ulong s, ck_ptr a, ck_ulong u), (s, a, u))                                     \
    F(C_VerifyRecover, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))               \
    F(C_DigestEncryptUpdate, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))         \
    F(C_DecryptDigestUpdate, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))         \
    F(C_SignEncryptUpdate, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))           \
    F(C_DecryptVerifyUpdate, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n, ck_ptr b, ck_ptr m), (s, a, n, b, m))         \
    F(C_GenerateKey, SESSION, (ck_ulong s, ck_ptr a, ck_ptr b, ck_ulong n, ck_ptr c), (s, a, b, n, c))                 \
    F(C_GenerateKeyPair, SESSION,                                                                                      \
      (ck_ulong s, ck_ptr a, ck_ptr b, ck_ulong n, ck_ptr c, ck_ulong m, ck_ptr d, ck_ptr e), (s, a, b, n, c, m, d, e)) \
    F(C_WrapKey, SESSION, (ck_ulong s, ck_ptr a, ck_ulong u, ck_ulong v, ck_ptr b, ck_ptr m), (s, a, u, v, b, m))      \
    F(C_UnwrapKey, SESSION,                                                                                            \
      (ck_ulong s, ck_ptr a, ck_ulong u, ck_ptr b, ck_ulong n, ck_ptr c, ck_ulong m, ck_ptr d),                        \
      (s, a, u, b, n, c, m, d))                                                                                        \
    F(C_DeriveKey, SESSION, (ck_ulong s, ck_ptr a, ck_ulong u, ck_ptr b, ck_ulong n, ck_ptr c), (s, a, u, b, n, c))    \
    F(C_SeedRandom, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n), (s, a, n))                                            \
    F(C_GenerateRandom, SESSION, (ck_ulong s, ck_ptr a, ck_ulong n), (s, a, n))                                        \
    F(C_GetFunctionStatus, SESSION, (ck_ulong s), (s))                                                                 \
    F(C_CancelFunction, SESSION, (ck_ulong s), (s))                                                                    \
    F(C_WaitForSlotEvent, LIBRARY, (ck_ulong u, ck_ptr a, ck_ptr b), (u, a, b))

#define ENUMERATE(name, subject, parameters, arguments) AT_##name,
enum function { CRYPTOKI_FUNCTIONS(ENUMERATE) FUNCTION_COUNT };
#undef ENUMERATE

/* CK_FUNCTION_LIST */
#define MEMBER(name, subject, parameters, arguments) ck_rv(*name) parameters;
struct function_list {
    struct {
        unsigned char major;
        unsigned char minor;
    } version;
    CRYPTOKI_FUNCTIONS(MEMBER)
};
#undef MEMBER

#endif
