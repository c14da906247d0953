// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sentence.h"

#include <QDataStream>
#include <QDebug>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaType>
#include <QStringList>

#include <utility>

namespace cycast
{

namespace
{

/// A sentence in a place of a sentence in a place: deeper than that nobody builds them.
constexpr int deepest = 4;
constexpr qsizetype mostPlaces = 9;
/// What comes from outside may be long; a sentence of ours is not.
constexpr qsizetype longest = 4'000;

/// By hand: QString::arg() would look for places in what a stranger wrote.
QString filled(const QString &wording, const QStringList &parts)
{
    QString result;
    result.reserve(wording.size());
    for (qsizetype at = 0; at < wording.size(); ++at) {
        const int place = wording.at(at) == u'%' && at + 1 < wording.size() && wording.at(at + 1).isDigit()
                              ? wording.at(at + 1).digitValue()
                              : 0;
        if (place < 1 || place > parts.size()) {
            result += wording.at(at);
            continue;
        }
        result += parts.at(place - 1);
        ++at;
    }
    return result;
}

Sentence &spoken()
{
    static thread_local Sentence sentence;
    return sentence;
}

// For whoever keeps one in a QVariant.
const bool isConvertible = QMetaType::registerConverter<Sentence, QString>(
                               [](const Sentence &sentence) { return sentence.english(); }) &&
                           QMetaType::registerConverter<QList<Sentence>, QStringList>(&englishOf);

} // namespace

struct Sentence::Data {
    QByteArray id; ///< empty: verbatim
    QList<Sentence> arguments;
    QString english;
};

Sentence::Sentence(const QString &verbatim)
{
    if (!verbatim.isEmpty())
        m_data = std::make_shared<const Data>(Data{{}, {}, verbatim});
}

Sentence Sentence::composed(const char *wording)
{
    return made(QByteArray::fromRawData(wording, static_cast<qsizetype>(qstrlen(wording))), {});
}

Sentence Sentence::made(QByteArray id, QList<Sentence> arguments)
{
    Sentence sentence;
    if (id.isEmpty())
        return sentence;
    QString english = filled(QString::fromUtf8(id), englishOf(arguments));
    sentence.m_data =
        std::make_shared<const Data>(Data{std::move(id), std::move(arguments), std::move(english)});
    return sentence;
}

Sentence Sentence::with(const QList<Sentence> &more) const
{
    return made(id(), arguments() + more);
}

const QString &Sentence::english() const
{
    static const QString nothing;
    return m_data ? m_data->english : nothing;
}

QByteArray Sentence::id() const
{
    return m_data ? m_data->id : QByteArray();
}

QList<Sentence> Sentence::arguments() const
{
    return m_data ? m_data->arguments : QList<Sentence>();
}

QString Sentence::worded(const std::function<QString(const QByteArray &)> &wordingOf) const
{
    if (id().isEmpty())
        return english();
    QStringList parts;
    for (const Sentence &each : std::as_const(m_data->arguments))
        parts.append(each.worded(wordingOf));
    return filled(wordingOf(m_data->id), parts);
}

Sentence Sentence::mapped(const std::function<QString(const QString &)> &change) const
{
    if (id().isEmpty())
        return Sentence(change(english()));
    QList<Sentence> parts;
    for (const Sentence &each : std::as_const(m_data->arguments))
        parts.append(each.mapped(change));
    return made(m_data->id, parts);
}

QJsonValue Sentence::toJson() const
{
    if (id().isEmpty())
        return english();
    QJsonArray all{QString::fromUtf8(m_data->id)};
    for (const Sentence &each : std::as_const(m_data->arguments))
        all.append(each.toJson());
    return all;
}

Sentence Sentence::fromJson(const QJsonValue &value)
{
    return read(value, 1);
}

Sentence Sentence::read(const QJsonValue &value, int depth)
{
    if (!value.isArray())
        return Sentence(value.toString().left(longest));
    const QJsonArray all = value.toArray();
    if (depth > deepest || all.isEmpty() || all.size() > mostPlaces + 1)
        return {};
    QList<Sentence> arguments;
    for (qsizetype i = 1; i < all.size(); ++i)
        arguments.append(read(all.at(i), depth + 1));
    const Sentence sentence = made(all.first().toString().left(longest).toUtf8(), arguments);
    return sentence.english().size() <= longest ? sentence : Sentence(sentence.english().left(longest));
}

QStringList englishOf(const QList<Sentence> &sentences)
{
    return {sentences.begin(), sentences.end()};
}

QDataStream &operator<<(QDataStream &out, const Sentence &sentence)
{
    if (sentence.isEmpty())
        return out << QByteArray();
    return out << QJsonDocument(QJsonArray{sentence.toJson()}).toJson(QJsonDocument::Compact);
}

QDataStream &operator>>(QDataStream &in, Sentence &sentence)
{
    QByteArray json;
    in >> json;
    sentence = Sentence::fromJson(QJsonDocument::fromJson(json).array().first());
    return in;
}

QDebug operator<<(QDebug debug, const Sentence &sentence)
{
    spoken() = sentence;
    return debug << sentence.english();
}

Sentence takeSpokenSentence(const QString &line)
{
    const Sentence sentence = std::exchange(spoken(), {});
    return sentence.english() == line ? sentence : Sentence();
}

} // namespace cycast
