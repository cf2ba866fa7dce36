package org.mckms.admin;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Two self-signed certificates on P-256, valid from 2020 to 2119, whose private keys were thrown away. */
final class TestCertificates {

    private static final String OFFICER = """
            -----BEGIN CERTIFICATE-----
            MIIBTTCB9KADAgECAgkA0pzQXbAn8HYwCgYIKoZIzj0EAwIwGjEYMBYGA1UEAxMP
            Z21zLmV4YW1wbGUub3JnMCAXDTIwMDEwMTAwMDAwMFoYDzIxMTkxMjA4MDAwMDAw
            WjAaMRgwFgYDVQQDEw9nbXMuZXhhbXBsZS5vcmcwWTATBgcqhkjOPQIBBggqhkjO
            PQMBBwNCAATW66hspTsDnVi1Ejm4mkjn5VZkUSqEE3FA+TcE4FywAhfqmwkRm5Qn
            /PgwByFVg80ZEiByeSH4OFiGqTJBq0SDoyEwHzAdBgNVHQ4EFgQUbj0JGBeDenli
            my1GkNThuPvnu70wCgYIKoZIzj0EAwIDSAAwRQIhANqMWFBx8h066yQlOHG98NpP
            0KiV7oz/gJpyAss/wpRLAiAgVjKCeXfDRQM+xe/4QgPDbMKL5L4fY0HaTPynLYjk
            Mw==
            -----END CERTIFICATE-----
            """;

    private static final String STRANGER = """
            -----BEGIN CERTIFICATE-----
            MIIBVzCB/qADAgECAgkA+N17I2opq74wCgYIKoZIzj0EAwIwHzEdMBsGA1UEAxMU
            c3RyYW5nZXIuZXhhbXBsZS5vcmcwIBcNMjAwMTAxMDAwMDAwWhgPMjExOTEyMDgw
            MDAwMDBaMB8xHTAbBgNVBAMTFHN0cmFuZ2VyLmV4YW1wbGUub3JnMFkwEwYHKoZI
            zj0CAQYIKoZIzj0DAQcDQgAE8F2d5+3hb96w99k+xXg+HQDpAcS2vH2nbqHfhJTM
            pdmCnBdckK55IE5Vr+34x4TxH5m4JLg13Ro790/2ketb3qMhMB8wHQYDVR0OBBYE
            FBhEJpbi1PTybg+VOfebrK7ZaWO5MAoGCCqGSM49BAMCA0gAMEUCIQDKedEpuSEF
            cmzTjfXy4ri/HeM7WC1pLy2SyQ4/t9ZPxwIgP+b+5paSWqldnCK2HemlNppXNzeF
            ujvppsVB1czOA9Y=
            -----END CERTIFICATE-----
            """;

    private TestCertificates() {}

    static X509Certificate officer() {
        return parse(OFFICER);
    }

    static X509Certificate stranger() {
        return parse(STRANGER);
    }

    private static X509Certificate parse(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
