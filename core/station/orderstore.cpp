// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/orderstore.h"

#include "core/base/filewriter.h"
#include "core/base/log.h"
#include "core/values/playedtrack.h"
#include "core/values/playlistentry.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QtEndian>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qint64 maxFileBytes = 64LL * 1024 * 1024;

/// FNV-1a, 64 bit: the same in every run, and quick.
quint64 numberOf(const QString &path)
{
    quint64 hash = 0xcbf29ce484222325ULL;
    for (const QChar c : path) {
        for (const quint64 byte : {quint64{c.unicode()} & 0xff, quint64{c.unicode()} >> 8})
            hash = (hash ^ byte) * 0x100000001b3ULL;
    }
    return hash;
}

QString packed(const QList<quint64> &numbers)
{
    QByteArray bytes(numbers.size() * 8, '\0');
    for (qsizetype i = 0; i < numbers.size(); ++i)
        qToLittleEndian(numbers.at(i), bytes.data() + i * 8);
    return QString::fromLatin1(bytes.toBase64());
}

QList<quint64> unpacked(const QJsonValue &value)
{
    const QByteArray bytes = QByteArray::fromBase64(value.toString().toLatin1());
    QList<quint64> numbers;
    for (qsizetype i = 0; i + 8 <= bytes.size(); i += 8)
        numbers.append(qFromLittleEndian<quint64>(bytes.constData() + i));
    return numbers;
}

QJsonObject toObject(const PlayedTrack &played)
{
    return {{u"title"_s, played.track.title},
            {u"artist"_s, played.track.artist},
            {u"album"_s, played.track.album},
            {u"ms"_s, played.track.durationMs},
            {u"live"_s, played.kind == ProgrammeKind::Live},
            {u"at"_s, played.startedAt.toUTC().toString(Qt::ISODate)}};
}

PlayedTrack toPlayed(const QJsonObject &object)
{
    PlayedTrack played;
    played.track.title = object.value(u"title"_s).toString();
    played.track.artist = object.value(u"artist"_s).toString();
    played.track.album = object.value(u"album"_s).toString();
    played.track.durationMs = qMax<qint64>(0, object.value(u"ms"_s).toInteger());
    played.kind = object.value(u"live"_s).toBool() ? ProgrammeKind::Live : ProgrammeKind::Playlist;
    played.startedAt = QDateTime::fromString(object.value(u"at"_s).toString(), Qt::ISODate).toLocalTime();
    return played;
}

QString stateFolder()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(state))
        state = QDir::homePath() + u"/.local/state"_s;
    return state + u"/cycast-desktop"_s;
#else
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
#endif
}

} // namespace

QString stateFileOf(const QString &settingsFile, const QString &kind)
{
    return stateFolderOf(settingsFile, kind) + u".json"_s;
}

QString stateFolderOf(const QString &settingsFile, const QString &kind)
{
    const QString absolute = QFileInfo(settingsFile).absoluteFilePath();
    return stateFolder() + u"/%1-%2"_s.arg(kind).arg(numberOf(absolute), 16, 16, QLatin1Char('0'));
}

QByteArray orderToJson(const EntryList &entries, const OrderState &order)
{
    QHash<quint64, quint64> numbers;
    numbers.reserve(entries.size());
    for (const PlaylistEntry &entry : entries)
        numbers.insert(entry.id, numberOf(entry.path));
    QList<quint64> upcoming;
    QSet<quint64> left;
    for (const quint64 id : order.bag.upcoming) {
        if (!numbers.contains(id))
            continue;
        upcoming.append(numbers.value(id));
        left.insert(id);
    }
    // Without a bag (in order) nobody has had a turn.
    QList<quint64> had;
    for (const PlaylistEntry &entry : entries) {
        if (order.bag.last != 0 && !left.contains(entry.id))
            had.append(numbers.value(entry.id));
    }
    QJsonArray history;
    for (const PlayedTrack &played : order.history)
        history.append(toObject(played));
    QJsonObject root{{u"version"_s, 1}, {u"history"_s, history}};
    if (!upcoming.isEmpty() || !had.isEmpty()) {
        root.insert(u"upcoming"_s, packed(upcoming));
        root.insert(u"had"_s, packed(had));
        root.insert(u"last"_s, packed({numbers.value(order.bag.last)}));
    }
    return QJsonDocument(root).toJson(QJsonDocument::Compact);
}

OrderState orderFromJson(const QByteArray &json, const EntryList &entries)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    OrderState order;
    if (root.value(u"version"_s).toInt() != 1)
        return order;
    for (const auto value : root.value(u"history"_s).toArray()) {
        const PlayedTrack played = toPlayed(value.toObject());
        if (!played.track.title.isEmpty() && played.startedAt.isValid() && order.history.size() < 20)
            order.history.append(played);
    }
    // The same file may be in the list more than once.
    QHash<quint64, QList<quint64>> ids;
    for (const PlaylistEntry &entry : entries)
        ids[numberOf(entry.path)].append(entry.id);
    for (const quint64 number : unpacked(root.value(u"last"_s))) {
        if (const auto found = ids.constFind(number); found != ids.cend())
            order.bag.last = found->constFirst();
    }
    for (const quint64 number : unpacked(root.value(u"upcoming"_s))) {
        if (const auto found = ids.find(number); found != ids.end() && !found->isEmpty())
            order.bag.upcoming.append(found->takeFirst());
    }
    for (const quint64 number : unpacked(root.value(u"had"_s))) {
        if (const auto found = ids.find(number); found != ids.end() && !found->isEmpty())
            order.bag.had.insert(found->takeFirst());
    }
    return order;
}

OrderStore::OrderStore(QString path)
    : OrderStore(std::move(path), FileWriter::shared())
{
}

OrderStore::OrderStore(QString path, FileWriter &files)
    : m_path(std::move(path))
    , m_files(files)
{
    QObject::connect(
        &m_files, &FileWriter::finished, &m_context, [this](const QString &which, const QString &error) {
            if (which == m_path && !error.isEmpty())
                qCWarning(lcPlaylist).noquote()
                    << u"The order of the playlist cannot be kept in %1: %2."_s.arg(m_path, error);
        });
}

OrderStore::~OrderStore()
{
    m_files.finish();
}

QString OrderStore::defaultPath(const QString &settingsFile)
{
    return stateFileOf(settingsFile, u"order"_s);
}

OrderState OrderStore::load(const EntryList &entries) const
{
    m_files.finish();
    QFile file(m_path);
    if (m_path.isEmpty() || !file.open(QIODevice::ReadOnly) || file.size() > maxFileBytes)
        return {};
    return orderFromJson(file.readAll(), entries);
}

void OrderStore::save(const EntryList &entries, const OrderState &order)
{
    if (m_path.isEmpty())
        return;
    m_files.write(m_path, [entries, order] { return orderToJson(entries, order); });
}

} // namespace cycast
