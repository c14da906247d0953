// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/entrylist.h"
#include "core/values/orderstate.h"

#include <QObject>
#include <QStringList>

namespace cycast
{

class FileWriter;

/// The order on disk as text. Entries are known by a number made of their path, since ids belong to one
/// process: 100,000 of them come to about 1 MB. Pure.
QByteArray orderToJson(const EntryList &entries, const OrderState &order);
/// Whatever cannot be understood is left out; a file that is none gives an empty order.
OrderState orderFromJson(const QByteArray &json, const EntryList &entries);

/// $XDG_STATE_HOME/cycast-desktop/KIND-NUMBER.json: a file for each settings file.
QString stateFileOf(const QString &settingsFile, const QString &kind);
/// The same without an ending, for a folder.
QString stateFolderOf(const QString &settingsFile, const QString &kind);

/// The file in which the shuffle bag and the history outlive the program. Writes aside and swaps, on a thread
/// of the writer, the newest state only. Lives in the thread of StationControl.
class OrderStore
{
public:
    /// Without a path nothing is kept.
    explicit OrderStore(QString path);
    OrderStore(QString path, FileWriter &files);
    /// Waits for a write under way, as long as an end may take (FileWriter::endLimit). Virtual, so that who
    /// only holds one does not have to link it.
    virtual ~OrderStore();

    /// stateFileOf() "order".
    static QString defaultPath(const QString &settingsFile);

    OrderState load(const EntryList &entries) const;
    void save(const EntryList &entries, const OrderState &order);

private:
    QString m_path;
    FileWriter &m_files;
    QObject m_context; ///< while it lives, a failure is logged
};

} // namespace cycast
