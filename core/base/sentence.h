// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <type_traits>

class QDataStream;
class QDebug;

namespace cycast
{

/// Something that is said to people, as a value: its English wording with places, which is its id as well,
/// and what stands in them, which may be sentences again. Made where the thing happens, by Core::tr(); put
/// into another language where it is shown (worded()). Logs, answers to programs and the API take it as what
/// it converts to: English.
///
/// What was never made of a wording is verbatim: what the system says, a name, a text of before. A copy is
/// cheap. Thread-safe as Qt's own values are.
class Sentence
{
public:
    Sentence() = default;
    explicit Sentence(const QString &verbatim);
    /// Several in one, with words that are the same in every language: "%1: %2".
    static Sentence composed(const char *wording);

    /// For the next places, in their order.
    template<class... Arguments>
    [[nodiscard]] Sentence arg(const Arguments &...arguments) const
    {
        return with({part(arguments)...});
    }

    bool isEmpty() const { return !m_data; }
    const QString &english() const;
    operator const QString &() const { return english(); }
    bool contains(QStringView text) const { return english().contains(text); }
    bool contains(QLatin1StringView text) const { return english().contains(text); }

    /// Empty: verbatim.
    QByteArray id() const;
    QList<Sentence> arguments() const;
    /// `wordingOf` gives the wording of an id in another language, with the same places.
    QString worded(const std::function<QString(const QByteArray &id)> &wordingOf) const;
    /// With everything that does not come from the program itself put through `change`.
    Sentence mapped(const std::function<QString(const QString &text)> &change) const;

    /// Text when it is verbatim, else a list: the id and what stands in its places.
    QJsonValue toJson() const;
    /// Of whatever stands there: what cannot be understood is left out.
    static Sentence fromJson(const QJsonValue &value);

    /// They say the same.
    friend bool operator==(const Sentence &left, const Sentence &right)
    {
        return left.english() == right.english();
    }

private:
    struct Data;

    static Sentence part(const Sentence &sentence) { return sentence; }
    static Sentence part(const QString &text) { return Sentence(text); }
    static Sentence part(QStringView text) { return Sentence(text.toString()); }
    static Sentence part(QLatin1StringView text) { return Sentence(QString(text)); }
    template<class Number>
    static std::enable_if_t<std::is_arithmetic_v<Number>, Sentence> part(Number number)
    {
        return Sentence(QString::number(number));
    }

    static Sentence made(QByteArray id, QList<Sentence> arguments);
    static Sentence read(const QJsonValue &value, int depth);
    Sentence with(const QList<Sentence> &more) const;

    std::shared_ptr<const Data> m_data; ///< null: empty
};

QStringList englishOf(const QList<Sentence> &sentences);

/// For the helper program's records; bounded, since a hostile one may send anything.
QDataStream &operator<<(QDataStream &out, const Sentence &sentence);
QDataStream &operator>>(QDataStream &in, Sentence &sentence);

/// A line of the log that is this sentence alone can be shown in another language: see takeSpokenSentence().
QDebug operator<<(QDebug debug, const Sentence &sentence);
/// The sentence that this thread has put into the line of the log which says `line`; empty: none.
Sentence takeSpokenSentence(const QString &line);

/// Where the sentences of the station are made: Core::tr("Port %1 cannot be opened: %2.").arg(port, why).
class Core
{
#ifdef CYCAST_IS_READ_BY_LUPDATE
    Q_DECLARE_TR_FUNCTIONS(Core) // the context in the catalogues
#endif
public:
    /// `english` is a literal in UTF-8.
    static Sentence tr(const char *english)
    {
        return Sentence::composed(english);
    }
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::Sentence)
