package org.mckms.platform.persistence;

/** What has to be ready before a transaction begins, because to get it inside one would take a second connection. */
public interface TransactionPreparation {

    /** Called where the thread is in no transaction. Never throws: who needs what is not there meets that by itself. */
    void beforeTransaction();
}
