package org.mckms.csc;

import java.util.Optional;
import org.mckms.csc.token.IdentityUri;
import org.mckms.kms.application.AnswerForm;
import org.mckms.kms.application.CertCacheRequest;
import org.mckms.kms.application.CertificateCache;
import org.mckms.kms.application.CertificateOfKms;
import org.mckms.kms.application.CertificateRequest;
import org.mckms.kms.application.Discovery;
import org.mckms.kms.application.InitRequest;
import org.mckms.kms.application.KeyProvisioning;
import org.mckms.kms.application.KmsInitialisation;
import org.mckms.kms.application.LookupRequest;
import org.mckms.kms.application.RedirectUpload;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.message.KmsResponse;

/** The use case behind each resource. */
record CscUseCases(
        KmsInitialisation initialisation,
        KeyProvisioning provisioning,
        CertificateCache cache,
        CertificateOfKms certificates,
        Discovery discovery) {

    /**
     * Calls the one use case of a resource.
     *
     * @param url  URL of the request as it came
     * @param form learns how the answer, or the refusal, is to be written
     */
    KmsResponse answer(
            AuthenticatedIdentity caller, CscResource resource, Optional<Octets> body, String url, AnswerForm form) {
        if (resource instanceof CscResource.KeyProv keyProv) {
            return provisioning.provision(
                    caller, new ProvisioningRequest(keyProv.uri(), keyProv.time(), body, url), form);
        }
        if (resource instanceof CscResource.CertCache certCache) {
            return cache.newerThan(caller, new CertCacheRequest(certCache.cacheNum(), body, url), form);
        }
        if (resource instanceof CscResource.Cert cert) {
            return certificates.certificate(caller, new CertificateRequest(cert.kmsUri(), body, url), form);
        }
        if (resource instanceof CscResource.Lookup lookup) {
            Optional<String> domain = IdentityUri.parse(lookup.userUri()).domain();
            return discovery.lookup(caller, new LookupRequest(lookup.userUri(), domain, body, url), form);
        }
        if (resource instanceof CscResource.Redirect) {
            return discovery.receiveRedirects(caller, new RedirectUpload(body, url), form);
        }
        return initialisation.initialise(caller, new InitRequest(body, url), form);
    }
}
