// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/session.h"

#include "core/base/filename.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

QJsonObject toObject(const PlaylistEntry &entry)
{
    QJsonObject object{{u"path"_s, storedPath(entry.path)}};
    const auto add = [&object](const QString &key, const QString &value) {
        if (!value.isEmpty())
            object.insert(key, value);
    };
    add(u"title"_s, entry.track.title);
    add(u"artist"_s, entry.track.artist);
    add(u"album"_s, entry.track.album);
    add(u"format"_s, entry.format);
    // A disk that did not answer may do so by then.
    const bool passes = entry.fault == EntryFault::NoAnswer;
    if (!passes && !entry.problem.isEmpty())
        object.insert(u"problem"_s, entry.problem.toJson());
    if (entry.fault != EntryFault::None && !passes)
        object.insert(u"fault"_s, static_cast<int>(entry.fault));
    if (entry.loudnessLufs < 0.0F)
        object.insert(u"lufs"_s, static_cast<double>(entry.loudnessLufs));
    if (entry.silentEndMs >= 0)
        object.insert(u"silentEnd"_s, entry.silentEndMs);
    const SoundFacts &sound = entry.sound;
    if (!sound.codec.isEmpty()) {
        object.insert(u"sound"_s,
                      QJsonArray{sound.codec, sound.container, sound.sampleRate, sound.channels,
                                 sound.bitrateKbps, sound.taggedLufs, sound.taggedPeakDb, sound.isPlain});
    }
    if (entry.track.durationMs > 0)
        object.insert(u"ms"_s, entry.track.durationMs);
    if (entry.tagsRead)
        object.insert(u"read"_s, true);
    if (entry.isTagged)
        object.insert(u"tagged"_s, true);
    if (entry.stamp.isKnown())
        object.insert(u"stamp"_s, QJsonArray{entry.stamp.size, entry.stamp.modifiedMs,
                                             QString::number(entry.stamp.inode)});
    return object;
}

PlaylistEntry toEntry(const QJsonObject &object)
{
    PlaylistEntry entry;
    entry.id = newEntryId();
    entry.path = pathFromStored(object.value(u"path"_s).toString());
    entry.track.entryId = entry.id;
    entry.track.title = object.value(u"title"_s).toString();
    entry.track.artist = object.value(u"artist"_s).toString();
    entry.track.album = object.value(u"album"_s).toString();
    entry.track.durationMs = std::max<qint64>(0, object.value(u"ms"_s).toInteger());
    entry.format = object.value(u"format"_s).toString();
    entry.problem = Sentence::fromJson(object.value(u"problem"_s));
    const int fault = object.value(u"fault"_s).toInt();
    if (!entry.problem.isEmpty() && fault > 0 && fault <= static_cast<int>(EntryFault::NoSound))
        entry.fault = static_cast<EntryFault>(fault);
    entry.loudnessLufs = std::min(0.0F, static_cast<float>(object.value(u"lufs"_s).toDouble()));
    entry.silentEndMs = std::max(-1, object.value(u"silentEnd"_s).toInt(-1));
    const QJsonArray sound = object.value(u"sound"_s).toArray();
    entry.sound = {sound.at(0).toString(), sound.at(1).toString(), sound.at(2).toInt(),
                   sound.at(3).toInt(),    sound.at(4).toInt(),    sound.at(5).toDouble(),
                   sound.at(6).toDouble(), sound.at(7).toBool()};
    entry.isTagged = object.value(u"tagged"_s).toBool();
    const QJsonArray stamp = object.value(u"stamp"_s).toArray();
    entry.stamp = {std::max<qint64>(0, stamp.at(0).toInteger()), stamp.at(1).toInteger(),
                   stamp.at(2).toString().toULongLong()};
    // What could not be read may have come back meanwhile (a drive that was not plugged in).
    entry.tagsRead = object.value(u"read"_s).toBool() && entry.problem.isEmpty();
    return entry;
}

QString toText(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray toBytes(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

} // namespace

QByteArray sessionToJson(const Session &session)
{
    const QJsonObject root{
        {u"version"_s, 1},
        {u"currentRow"_s, session.currentRow},
        {u"positionMs"_s, session.positionMs},
        {u"onAir"_s, session.onAir},
        {u"geometry"_s, toText(session.geometry)},
        {u"windowState"_s, toText(session.windowState)},
        {u"columns"_s, toText(session.columns)},
        {u"rows"_s, toText(session.rows)},
        {u"folders"_s, QJsonArray::fromStringList(storedPaths(session.folders))},
        {u"savedAt"_s, session.savedAt.toUTC().toString(Qt::ISODateWithMs)},
    };
    // Row by row: a document of 100,000 of them takes several times the memory of its text.
    QByteArray json = QJsonDocument(root).toJson(QJsonDocument::Compact).chopped(1);
    json += R"(,"playlist":[)";
    bool isFirst = true;
    for (const PlaylistEntry &entry : session.entries) {
        if (!std::exchange(isFirst, false))
            json += ',';
        json += QJsonDocument(toObject(entry)).toJson(QJsonDocument::Compact);
    }
    json += R"(],"jingles":[)";
    for (qsizetype i = 0; i < session.jingles.size(); ++i)
        json += (i > 0 ? "," : "") +
                QJsonDocument(toObject(session.jingles.at(i))).toJson(QJsonDocument::Compact);
    return json + "]}";
}

Result<Session> sessionFromJson(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(u"byte %1: %2"_s.arg(error.offset).arg(error.errorString()));
    const QJsonObject root = document.object();
    if (root.value(u"version"_s).toInt() != 1 || !root.value(u"playlist"_s).isArray())
        return failure(u"it is not a session of this program"_s);
    Session session;
    const QJsonArray entries = root.value(u"playlist"_s).toArray();
    QList<PlaylistEntry> rows;
    rows.reserve(entries.size());
    int row = 0;
    const int wantedRow = root.value(u"currentRow"_s).toInt(-1);
    for (const auto value : entries) {
        PlaylistEntry entry = toEntry(value.toObject());
        if (!entry.path.isEmpty()) {
            if (row == wantedRow)
                session.currentRow = static_cast<int>(rows.size());
            rows.append(std::move(entry));
        }
        ++row;
    }
    session.entries = rows;
    for (const auto value : root.value(u"jingles"_s).toArray()) {
        if (PlaylistEntry jingle = toEntry(value.toObject()); !jingle.path.isEmpty())
            session.jingles.append(std::move(jingle));
    }
    if (session.currentRow >= 0)
        session.positionMs = std::max<qint64>(0, root.value(u"positionMs"_s).toInteger());
    session.onAir = root.value(u"onAir"_s).toBool();
    for (const auto folder : root.value(u"folders"_s).toArray()) {
        if (!folder.toString().isEmpty())
            session.folders.append(pathFromStored(folder.toString()));
    }
    session.savedAt = QDateTime::fromString(root.value(u"savedAt"_s).toString(), Qt::ISODateWithMs);
    session.geometry = toBytes(root.value(u"geometry"_s));
    session.windowState = toBytes(root.value(u"windowState"_s));
    session.columns = toBytes(root.value(u"columns"_s));
    session.rows = toBytes(root.value(u"rows"_s));
    return session;
}

} // namespace cycast
