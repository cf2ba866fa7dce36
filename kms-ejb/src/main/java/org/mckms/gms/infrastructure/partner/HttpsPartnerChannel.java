package org.mckms.gms.infrastructure.partner;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.client.KmsAnswerException;
import org.mckms.client.KmsClientException;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.PartnerGmsClient;
import org.mckms.client.PartnerGmsClient.Resource;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.TimeLimits;
import org.mckms.gms.domain.regroup.PartnerAnswer;
import org.mckms.gms.domain.regroup.PartnerChannel;
import org.mckms.gms.infrastructure.kms.TokenFile;
import org.mckms.platform.config.GmsSettings;
import org.mckms.platform.config.PartnerGmsEntry;
import org.mckms.platform.tls.TlsFilesState;
import org.mckms.protocol.group.RegroupAcknowledgement;
import org.mckms.protocol.group.RegroupAcknowledgementCodec;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupNotificationCodec;
import org.mckms.protocol.group.RegroupRekeyRequest;
import org.mckms.protocol.group.RegroupRekeyRequestCodec;
import org.mckms.protocol.group.RegroupTeardown;
import org.mckms.protocol.group.RegroupTeardownCodec;

/**
 * HTTPS to the GMSs of partners, with the certificate of this GMS and the token of each partner's file. Addresses are the
 * operator's, so no policy for addresses of others applies. Safe for use by several threads.
 */
public final class HttpsPartnerChannel implements PartnerChannel {

    private final GmsSettings settings;
    private final TimeLimits limits;
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();

    /** A client and the TLS files that it was made of. */
    private record Connection(TlsFilesState files, PartnerGmsClient client) {}

    /** With the usual time limits: half a minute for an exchange. */
    public HttpsPartnerChannel(GmsSettings settings) {
        this(settings, TimeLimits.STANDARD);
    }

    HttpsPartnerChannel(GmsSettings settings, TimeLimits limits) {
        this.settings = settings;
        this.limits = limits;
    }

    @Override
    public PartnerAnswer send(RegroupNotification notification) {
        return post(notification.partnerGmsUri(), Resource.NOTIFICATIONS, RegroupNotificationCodec.write(notification));
    }

    @Override
    public PartnerAnswer send(String primaryGmsUri, RegroupAcknowledgement acknowledgement) {
        return post(primaryGmsUri, Resource.ACKNOWLEDGEMENTS, RegroupAcknowledgementCodec.write(acknowledgement));
    }

    @Override
    public PartnerAnswer send(RegroupRekeyRequest request) {
        return post(request.primaryGmsUri(), Resource.REKEY_REQUESTS, RegroupRekeyRequestCodec.write(request));
    }

    @Override
    public PartnerAnswer send(String otherGmsUri, RegroupTeardown teardown) {
        return post(otherGmsUri, Resource.TEARDOWNS, RegroupTeardownCodec.write(teardown));
    }

    private PartnerAnswer post(String gmsUri, Resource resource, byte[] document) {
        Optional<PartnerGmsEntry> partner = settings.partnerByUri(gmsUri);
        if (partner.isEmpty()) {
            return PartnerAnswer.notNow("no partner has the GMS " + gmsUri + " by the settings of now");
        }
        try {
            client(partner.get()).post(resource, document);
            return PartnerAnswer.taken();
        } catch (KmsRefusedException e) {
            boolean mayPass = e.mayPass() || e.tokenRefused();
            return mayPass ? PartnerAnswer.notNow(e.getMessage()) : PartnerAnswer.refused(e.getMessage());
        } catch (KmsAnswerException e) {
            return PartnerAnswer.notNow("the partner answers what no GMS would: " + e.getMessage());
        } catch (KmsClientException e) {
            return PartnerAnswer.notNow(e.getMessage());
        }
    }

    private PartnerGmsClient client(PartnerGmsEntry partner) {
        TlsFilesState now = TlsFilesState.of(settings.kms().tls());
        return connections
                .compute(
                        partner.name(),
                        (name, held) -> held != null && held.files().equals(now) ? held : connection(partner, now))
                .client();
    }

    private Connection connection(PartnerGmsEntry partner, TlsFilesState files) {
        ServerEndpoint endpoint = new ServerEndpoint(
                URI.create(partner.url()), TlsFilesState.material(settings.kms().tls()), limits);
        return new Connection(files, new PartnerGmsClient(endpoint, new TokenFile(partner.tokenFile())));
    }
}
