package org.mckms.platform.config;

import java.nio.file.Path;

/**
 * The GMS of a partner: how it comes here says the server entry of the same name, how it is reached this one.
 *
 * @param name      the {@code <name>} of both {@code kms.server.<name>.*} and {@code gms.partner.<name>.*}
 * @param uri       its identity, of the server entry
 * @param url       https URL, without trailing slash
 * @param kmsUri    KmsUri of its KMS, whose certificate the operators import
 * @param tokenFile file with the access token to show there; read anew each time
 */
public record PartnerGmsEntry(String name, String uri, String url, String kmsUri, Path tokenFile) {}
