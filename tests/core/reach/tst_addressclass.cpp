// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/addressclass.h"

#include <QTest>

using namespace cycast;
Q_DECLARE_METATYPE(cycast::AddressClass)

class TestAddressClass : public QObject
{
    Q_OBJECT

private slots:
    void classes_data()
    {
        using Class = AddressClass;
        QTest::addColumn<QString>("address");
        QTest::addColumn<AddressClass>("what");
        const struct {
            const char *address;
            Class what;
        } rows[] = {
            {"0.0.0.0", Class::None},
            {"0.1.2.3", Class::Reserved},
            {"9.255.255.255", Class::Global},
            {"10.0.0.0", Class::Private},
            {"10.255.255.255", Class::Private},
            {"11.0.0.0", Class::Global},
            {"100.63.255.255", Class::Global},
            {"100.64.0.0", Class::Shared},
            {"100.127.255.255", Class::Shared},
            {"100.128.0.0", Class::Global},
            {"127.0.0.1", Class::Loopback},
            {"127.255.255.255", Class::Loopback},
            {"128.0.0.1", Class::Global},
            {"169.254.0.0", Class::LinkLocal},
            {"169.254.255.255", Class::LinkLocal},
            {"169.255.0.0", Class::Global},
            {"172.15.255.255", Class::Global},
            {"172.16.0.0", Class::Private},
            {"172.31.255.255", Class::Private},
            {"172.32.0.0", Class::Global},
            {"191.255.255.255", Class::Global},
            {"192.0.0.1", Class::DsLite},
            {"192.0.0.255", Class::DsLite},
            {"192.0.1.0", Class::Global},
            {"192.0.2.0", Class::Documentation},
            {"192.0.3.0", Class::Global},
            {"192.88.99.1", Class::Reserved},
            {"192.167.255.255", Class::Global},
            {"192.168.0.0", Class::Private},
            {"192.168.255.255", Class::Private},
            {"192.169.0.0", Class::Global},
            {"198.17.255.255", Class::Global},
            {"198.18.0.0", Class::Reserved},
            {"198.19.255.255", Class::Reserved},
            {"198.20.0.0", Class::Global},
            {"198.51.100.7", Class::Documentation},
            {"203.0.113.7", Class::Documentation},
            {"203.0.114.0", Class::Global},
            {"223.255.255.255", Class::Global},
            {"224.0.0.1", Class::Reserved},
            {"239.255.255.250", Class::Reserved},
            {"240.0.0.1", Class::Reserved},
            {"255.255.255.255", Class::Reserved},
            {"5.6.7.8", Class::Global},
            {"::", Class::None},
            {"::1", Class::Loopback},
            {"fe80::1", Class::LinkLocal},
            {"febf::1", Class::LinkLocal},
            {"fec0::1", Class::Reserved},
            {"fc00::1", Class::UniqueLocal},
            {"fdff::1", Class::UniqueLocal},
            {"fe00::1", Class::Reserved},
            {"ff02::1", Class::Reserved},
            {"2001:db8::1", Class::Documentation},
            {"2001:db9::1", Class::Global},
            {"2001::1", Class::Reserved},
            {"2001:200::1", Class::Global},
            {"2002:102:304::1", Class::Reserved},
            {"3fff::1", Class::Documentation},
            {"3fff:1000::1", Class::Global},
            {"2a01:db7:1::2", Class::Global},
            {"4000::1", Class::Reserved},
            {"64:ff9b::102:304", Class::Reserved},
            {"::ffff:10.1.2.3", Class::Private},
            {"::ffff:5.6.7.8", Class::Global},
        };
        for (const auto &row : rows)
            QTest::newRow(row.address) << QString::fromLatin1(row.address) << row.what;
        QTest::newRow("none") << QString() << Class::None;
    }

    void classes()
    {
        QFETCH(const QString, address);
        QFETCH(const AddressClass, what);
        QCOMPARE(addressClass(QHostAddress(address)), what);
        QCOMPARE(isGlobal(QHostAddress(address)), what == AddressClass::Global);
    }

    void undressing()
    {
        const auto of = [](const char *text) { return QHostAddress(QString::fromLatin1(text)); };
        QCOMPARE(plainAddress(of("::ffff:5.6.7.8")).toString(), QStringLiteral("5.6.7.8"));
        QCOMPARE(plainAddress(of("fe80::1%eth0")).toString(), QStringLiteral("fe80::1"));
        QVERIFY(isSameHousehold(of("2a01:db7:1::2"), of("2a01:db7:1:0:ffff::1")));
        QVERIFY(!isSameHousehold(of("2a01:db7:1::2"), of("2a01:db7:1:1::2")));
        QVERIFY(isSameHousehold(of("5.6.7.8"), of("::ffff:5.6.7.8")));
        QVERIFY(!isSameHousehold(of("5.6.7.8"), of("5.6.7.9")));
        QVERIFY(!isSameHousehold(of("5.6.7.8"), of("2a01::1")));
    }
};

QTEST_APPLESS_MAIN(TestAddressClass)
#include "tst_addressclass.moc"
