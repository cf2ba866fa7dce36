package org.mckms.kms.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.datakey.TokenDataKeys;
import org.mckms.platform.persistence.TransactionPreparation;

/** Has the data key of the hour drawn before a transaction that may need it, on servers that seal rows under data keys. */
@ApplicationScoped
public class DataKeyPreparation implements TransactionPreparation {

    @Inject
    KmsSettings settings;

    @Inject
    TokenDataKeys dataKeys;

    @Override
    public void beforeTransaction() {
        if (settings.gms().isPresent() || settings.cek().isPresent()) {
            dataKeys.prepare();
        }
    }
}
