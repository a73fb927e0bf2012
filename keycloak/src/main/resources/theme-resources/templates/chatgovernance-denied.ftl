<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=true; section>
    <#if section = "header">
        ${msg("chatgovernance.deniedTitle", kcSanitize(advancedMsg(deniedClient)))?no_esc}
    <#elseif section = "form">
        <form class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <p class="instruction">${kcSanitize(advancedMsg(deniedMessage))?no_esc}</p>
            <#if deniedOffer == "open">
                <input class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}" type="submit" name="request" value="${msg("chatgovernance.request")}"/>
            </#if>
            <input class="${properties.kcButtonClass!} <#if deniedOffer == "open">${properties.kcButtonDefaultClass!}<#else>${properties.kcButtonPrimaryClass!}</#if> ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}" type="submit" value="${msg("chatgovernance.back")}"/>
        </form>
    </#if>
</@layout.registrationLayout>
