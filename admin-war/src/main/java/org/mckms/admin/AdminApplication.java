package org.mckms.admin;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The operators' interface; the context root of the archive is {@code /admin/v1}. */
@ApplicationPath("/")
public class AdminApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                StatusResource.class,
                VaultResource.class,
                CeremonyResource.class,
                EpochResource.class,
                IdentityResource.class,
                PartnerCertificateResource.class,
                AuditResource.class,
                ClientKeysResource.class,
                BundleJobResource.class,
                GroupResource.class,
                GroupJobResource.class,
                DeliveryResource.class,
                TokenResource.class,
                CekResource.class,
                AdminExceptionMapper.class);
    }
}
