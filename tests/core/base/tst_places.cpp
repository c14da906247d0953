// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Relative XDG variables are ignored.
#include "core/base/places.h"

#include "core/config/settingsfile.h"
#include "core/station/orderstore.h"

#include <QDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

class TestPlaces : public QObject
{
    Q_OBJECT

private slots:
    void relativeOnesAreIgnored_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QString>("otherwise");
        QTest::newRow("config") << QByteArray("XDG_CONFIG_HOME") << QDir::homePath() + u"/.config"_s;
        QTest::newRow("data") << QByteArray("XDG_DATA_HOME") << QDir::homePath() + u"/.local/share"_s;
        QTest::newRow("cache") << QByteArray("XDG_CACHE_HOME") << QDir::homePath() + u"/.cache"_s;
    }

    void relativeOnesAreIgnored()
    {
        QFETCH(const QByteArray, variable);
        QFETCH(const QString, otherwise);
        const auto place = [&variable] {
            return userPlace(variable == "XDG_CONFIG_HOME" ? QStandardPaths::GenericConfigLocation
                             : variable == "XDG_DATA_HOME" ? QStandardPaths::GenericDataLocation
                                                           : QStandardPaths::GenericCacheLocation);
        };
        const QByteArray before = qgetenv(variable.constData());
        for (const char *relative : {"here", "./here", "../here", "~/here"}) {
            qputenv(variable.constData(), relative);
            QCOMPARE(place(), otherwise);
        }
        qputenv(variable.constData(), "/some/where");
        QCOMPARE(place(), u"/some/where"_s);
        if (before.isEmpty())
            qunsetenv(variable.constData());
        else
            qputenv(variable.constData(), before);
    }

    void filesAreWhereTheyWere()
    {
        qputenv("XDG_CONFIG_HOME", "here");
        QCOMPARE(SettingsFile::defaultPath(), QDir::homePath() + u"/.config/cycast-desktop/config.hcl"_s);
        qunsetenv("XDG_CONFIG_HOME");
        qputenv("XDG_STATE_HOME", "here");
        QVERIFY(OrderStore::defaultPath(u"config.hcl"_s)
                    .startsWith(QDir::homePath() + u"/.local/state/cycast-desktop"_s));
        qunsetenv("XDG_STATE_HOME");
    }
};

QTEST_APPLESS_MAIN(TestPlaces)
#include "tst_places.moc"
